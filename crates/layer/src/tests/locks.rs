//! Locks, as tokio tells them.

use super::*;

/// A mutex's span as tokio makes it.
fn mutex() -> Span {
    let span = trace_span!(
        parent: None,
        "runtime.resource",
        concrete_type = "Mutex",
        kind = "Sync",
        loc.file = "src/main.rs",
        loc.line = 8_u32,
        loc.col = 5_u32,
    );
    locked(&span, false);
    span
}

fn locked(mutex: &Span, locked: bool) {
    mutex.in_scope(|| trace!(target: "runtime::resource::state_update", locked));
}

/// A call of `lock`.
fn claim(mutex: &Span) -> Span {
    mutex.in_scope(|| trace_span!("runtime.resource.async_op", source = "Mutex::lock", inherits_child_attrs = false))
}

/// A poll of that call.
fn poll(mutex: &Span, claim: &Span, is_ready: bool) {
    let _mutex = mutex.enter();
    claim.in_scope(|| trace!(target: "runtime::resource::poll_op", op_name = "poll", is_ready));
}

/// A task that does this at its next poll.
fn task(line: u32, action: impl FnOnce() + Send + 'static) -> Task {
    Task::spawn(line, async move { action() })
}

#[test]
fn a_lock_is_given_back_before_the_next_takes_it_though_tokio_says_so_later() {
    let told = Told::new();
    told.in_it(|| {
        let lock = mutex();
        let (first, second) = (claim(&lock), claim(&lock));
        let [a, b, c, d] = std::array::from_fn(|_| lock.clone());
        let (waits, takes) = (second.clone(), second.clone());
        drop(second);
        task(1, move || {
            poll(&a, &first, true);
            locked(&a, true);
        })
        .poll();
        task(2, move || poll(&b, &waits, false)).poll();
        // Another thread may take it before the first one has said that it is free.
        task(2, move || {
            poll(&c, &takes, true);
            locked(&c, true);
        })
        .poll();
        task(1, move || {
            locked(&d, false);
            locked(&d, false);
        })
        .poll();
    });
    let run = told.run();
    let of_lock = run.events.iter().filter(|event| event.what.resource().is_some());
    let words: Vec<_> =
        of_lock.map(|event| format!("{} {}", run.tasks[event.task as usize], lock_word(&event.what))).collect();
    let expected = [
        "src/main.rs:1 #1 takes 0",
        "src/main.rs:2 #1 waits 1",
        "src/main.rs:1 #1 gives back 0 by src/main.rs:1 #2",
        "src/main.rs:2 #2 takes 1",
        "src/main.rs:2 #2 gives back 1 by src/main.rs:1 #2",
    ];
    let by = |word: String| word.replace("Some(1)", "src/main.rs:1 #2");
    assert_eq!(words.into_iter().map(by).collect::<Vec<_>>(), expected);
    assert_eq!(run.resources.len(), 1);
    assert_eq!((run.resources[0].name.as_str(), run.resources[0].capacity), ("Mutex src/main.rs:8", Some(1)));
}

#[test]
fn a_resource_that_no_task_uses_is_not_listed() {
    let told = Told::new();
    told.in_it(|| {
        drop(mutex());
        let channel = trace_span!(parent: None, "runtime.resource", concrete_type = "Sender|Receiver");
        channel.in_scope(|| trace!(target: "runtime::resource::state_update", tx_dropped = true));
    });
    assert_eq!(told.run().resources, []);
}

fn lock_word(what: &EventKind) -> String {
    match what {
        EventKind::Take { claim, .. } => format!("takes {claim}"),
        EventKind::Wait { claim, .. } => format!("waits {claim}"),
        EventKind::Release { claim, by, .. } => format!("gives back {claim} by {by:?}"),
        other => format!("{other:?}"),
    }
}
