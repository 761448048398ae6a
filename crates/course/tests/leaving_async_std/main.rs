//! What changes for a program that leaves async-std: each test is a claim of docs/leaving-async-std.md, tried on both sides.

mod handles;
mod io;
mod surroundings;
mod table;
mod timers;

use smol::channel::{Receiver, Sender, bounded};
use std::future::Future;

/// A gate that is closed until `open` sends, and a message behind it.
struct Gate {
    open: Sender<()>,
    passed: Receiver<()>,
}

/// A task that waits at a gate, and the gate.
fn task_at_a_gate() -> (impl Future<Output = ()> + Send + 'static, Gate) {
    let (open, is_open) = bounded(1);
    let (pass, passed) = bounded(1);
    let task = async move {
        is_open.recv().await.expect("the test keeps the other end");
        pass.send(()).await.expect("the test keeps the other end");
    };
    (task, Gate { open, passed })
}

impl Gate {
    /// Opens the gate, and says whether the task has passed it. A cancelled task has dropped its end.
    async fn lets_the_task_pass(self) -> bool {
        let _ = self.open.try_send(());
        self.passed.recv().await.is_ok()
    }
}

/// A runtime of tokio, which needs one where the others need none.
fn tokio() -> tokio::runtime::Runtime {
    tokio::runtime::Builder::new_current_thread().enable_all().build().expect("the system gives what it needs")
}
