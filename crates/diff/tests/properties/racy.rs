//! Programs whose outcome depends on the order of their tasks and on what a runtime does with a dropped handle.

use paintdry_core::{Runtime, name_task, note};
use paintdry_studio::sync::{Mutex, Receiver, Sender, channel};
use paintdry_studio::{Clock, RecordedRun, Studio, work};
use proptest::collection::vec;
use proptest::prelude::{Just, Strategy, any, prop_oneof};
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering::SeqCst};
use std::time::Duration;

/// A step of a task.
#[derive(Debug, Clone)]
pub(crate) enum Step {
    Yield,
    /// Sleeps for this many milliseconds.
    Sleep(u8),
    /// Holds its thread for this many milliseconds.
    Work(u8),
    /// Adds one to what all tasks share, and says what that makes.
    Add,
    /// Holds the lock while it adds, yields, and adds again.
    Lock,
    /// Sends what all tasks share through a channel that has room for one message. A task from which no other task receives gets stuck.
    Send,
    /// Says which message it has received, if there is one.
    Receive,
    /// Starts a task, and may drop its handle at once.
    Spawn(Vec<Step>, bool),
    /// Joins one of the tasks that it has started.
    Join(usize),
    /// Drops the handle of one of them.
    Drop(usize),
}

/// A main task and up to two levels below it.
pub(crate) fn racy() -> impl Strategy<Value = Vec<Step>> {
    vec(steps(), 0..5).prop_recursive(2, 24, 5, |below| {
        let spawn = (below, any::<bool>()).prop_map(|(steps, is_dropped)| Step::Spawn(steps, is_dropped));
        vec(prop_oneof![3 => steps(), 3 => spawn], 0..7)
    })
}

fn steps() -> impl Strategy<Value = Step> {
    prop_oneof![
        4 => Just(Step::Yield),
        2 => (0..3_u8).prop_map(Step::Sleep),
        1 => (0..3_u8).prop_map(Step::Work),
        4 => Just(Step::Add),
        2 => Just(Step::Lock),
        1 => Just(Step::Send),
        1 => Just(Step::Receive),
        2 => (0..3_usize).prop_map(Step::Join),
        1 => (0..3_usize).prop_map(Step::Drop),
    ]
}

/// Records the program on a runtime. A task that is not awaited may still be there when the run ends.
pub(crate) fn on<R: Runtime>(program: &[Step]) -> RecordedRun {
    let studio = Studio::<R>::new(Clock::Virtual).with_patience(Duration::ZERO).recording();
    let (sender, receiver) = channel("letters", 1);
    let shared = Shared { count: Arc::default(), lock: Mutex::new("lock", ()), sender, receiver };
    studio.run(play::<R>("main".to_owned(), program.to_vec(), shared)).recorded(R::NAME, "drawn")
}

/// What all tasks share.
#[derive(Clone)]
struct Shared {
    count: Arc<AtomicU32>,
    lock: Mutex<()>,
    sender: Sender<u32>,
    receiver: Receiver<u32>,
}

impl Shared {
    fn add(&self) {
        note(format!("makes it {}", self.count.fetch_add(1, SeqCst) + 1));
    }
}

/// The task as a coroutine. (In a box, because it contains itself.)
fn play<R: Runtime>(name: String, steps: Vec<Step>, shared: Shared) -> Pin<Box<dyn Future<Output = ()> + Send>> {
    Box::pin(async move {
        name_task(&name);
        let ms = |length: u8| Duration::from_millis(length.into());
        let (mut kept, mut letters) = (Vec::new(), 'a'..='z');
        for step in steps {
            match step {
                Step::Yield => Studio::<R>::yield_now().await,
                Step::Sleep(length) => Studio::<R>::sleep(ms(length)).await,
                Step::Work(length) => work(ms(length)),
                Step::Add => shared.add(),
                Step::Lock => {
                    let locked = shared.lock.lock().await;
                    shared.add();
                    Studio::<R>::yield_now().await;
                    shared.add();
                    drop(locked);
                }
                Step::Send => _ = shared.sender.send(shared.count.load(SeqCst)).await,
                Step::Receive => note(format!("receives {:?}", shared.receiver.try_receive())),
                Step::Spawn(steps, is_dropped) => {
                    let letter = letters.next().unwrap_or('z');
                    let child = if name == "main" { letter.to_string() } else { format!("{name}{letter}") };
                    let handle = Studio::<R>::spawn(play::<R>(child, steps, shared.clone()));
                    if !is_dropped {
                        kept.push(handle);
                    }
                }
                Step::Join(number) if number < kept.len() => kept.remove(number).await.unwrap_or_default(),
                Step::Drop(number) if number < kept.len() => drop(kept.remove(number)),
                Step::Join(_) | Step::Drop(_) => {}
            }
        }
    })
}
