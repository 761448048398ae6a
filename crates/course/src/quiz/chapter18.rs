//! Chapter 18, bridging.

use super::{Answer, time};
use crate::chapters::bridging::library::count_strokes;
use crate::chapters::bridging::plain_code;
use crate::chapters::bridging::pool::scans_on_a_pool;
use crate::chapters::bridging::two_runtimes::enters_for_the_call;
use crate::watch;
use paintdry_core::TaskError;
use paintdry_smol::smol;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{TryRecvError, channel};
use std::thread;
use tokio::runtime::{Builder, Handle};

pub(super) fn answers() -> Vec<Answer> {
    vec![
        Answer { name: "chapter18::five_scans_on_two_threads", text: five_scans_on_two_threads },
        Answer { name: "chapter18::the_cure_of_a_nested_block_on", text: the_cure_of_a_nested_block_on },
        Answer { name: "chapter18::a_runtime_is_dropped", text: a_runtime_is_dropped },
        Answer { name: "chapter18::a_spawner_drops_the_handle", text: a_spawner_drops_the_handle },
        Answer { name: "chapter18::the_context_is_left_before_the_poll", text: the_context_is_left_before_the_poll },
    ]
}

fn five_scans_on_two_threads() -> String {
    time(watch("five scans", scans_on_a_pool(5, 2)).took())
}

fn a_runtime_is_dropped() -> String {
    let tokio = Builder::new_current_thread().build().expect("there is memory left");
    let ((begun, has_begun), (end, may_end), (ended, has_ended)) = (channel(), channel::<()>(), channel());
    drop(tokio.spawn_blocking(move || {
        let _ = begun.send(());
        let _ = may_end.recv(); // an error, when the sender is dropped
        let _ = ended.send(());
    }));
    has_begun.recv().expect("the closure begins");
    let helper = thread::spawn(move || drop(end));
    drop(tokio);
    let has_ended_first = has_ended.try_recv();
    helper.join().expect("a drop does not panic");
    let words = match has_ended_first {
        Ok(()) => "the drop waits until the closure has ended",
        Err(TryRecvError::Empty) => "the drop returns, and the closure continues",
        Err(TryRecvError::Disconnected) => "the closure is cancelled",
    };
    words.to_owned()
}

fn a_spawner_drops_the_handle() -> String {
    let executor = smol::LocalExecutor::new();
    let count = count_strokes("| - / |", &|task| drop(executor.spawn(task)));
    format!("{:?}", smol::block_on(executor.run(count)))
}

fn the_context_is_left_before_the_poll() -> String {
    let tokio = Builder::new_multi_thread().worker_threads(1).enable_all().build().expect("there is a thread left");
    let program = AssertUnwindSafe(|| smol::block_on(enters_for_the_call(tokio.handle())));
    match catch_unwind(program) {
        Ok(_) => "it sleeps".to_owned(),
        Err(payload) => {
            let message = TaskError::panic_message(&*payload);
            format!("it panics: {}", message.split(", must").next().unwrap_or_default())
        }
    }
}

/// Whether a program works on tokio with one thread.
fn works<T>(program: impl Future<Output = T>) -> bool {
    let tokio = Builder::new_current_thread().build().expect("there is memory left");
    catch_unwind(AssertUnwindSafe(|| tokio.block_on(program))).is_ok()
}

fn the_cure_of_a_nested_block_on() -> String {
    let enters_first = async {
        let _context = Handle::current().enter();
        plain_code::mixes_in_the_task().await
    };
    match [
        works(plain_code::mixes_in_the_task()),
        works(plain_code::mixes_in_place()),
        works(enters_first),
        works(plain_code::mixes_on_the_pool()),
    ] {
        [false, false, false, true] => {
            "Call the function in a closure of spawn_blocking, and await its handle".to_owned()
        }
        other => format!("in the task, in place, after `enter`, and on the pool: {other:?}"),
    }
}
