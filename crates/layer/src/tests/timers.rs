//! Sleeps, as tokio tells them.

use super::*;

/// A sleep's span as tokio makes it, and that of its only claim.
fn sleep() -> (Span, Span) {
    let sleep = trace_span!(
        parent: None,
        "runtime.resource",
        concrete_type = "Sleep",
        kind = "timer",
        loc.file = "src/main.rs",
        loc.line = 8_u32,
        loc.col = 5_u32,
    );
    let claim = trace_span!(parent: &sleep, "runtime.resource.async_op", source = "Sleep::new_timeout");
    (sleep, claim)
}

fn polled(is_ready: bool) {
    trace!(target: "runtime::resource::poll_op", op_name = "poll_elapsed", is_ready);
}

/// What tokio tells when a sleep is polled: that the task's budget is left, at the first poll how long the sleep lasts, and
/// whether it is over.
fn poll((sleep, claim): &(Span, Span), milliseconds: Option<u64>, is_over: bool) {
    let _sleep = sleep.enter();
    claim.in_scope(|| {
        polled(true);
        if let Some(duration) = milliseconds {
            trace!(target: "runtime::resource::state_update", duration, duration.unit = "ms", duration.op = "override");
        }
        polled(is_over);
    });
}

#[test]
fn a_sleep_is_a_timer_that_fires_when_a_poll_finds_it_over() {
    let told = Told::new();
    told.in_it(|| {
        let sleep = sleep();
        let mut polls = 0;
        let mut task = Task::spawn(
            3,
            std::future::poll_fn(move |_| {
                polls += 1;
                poll(&sleep, (polls == 1).then_some(20), polls == 3);
                if polls == 3 { Poll::Ready(()) } else { Poll::Pending }
            }),
        );
        (0..3).for_each(|_| task.poll());
    });
    let run = told.run();
    let expected = ["spawn", "poll", "timer 0", "pending", "poll", "pending", "poll", "fire 0", "complete"];
    assert_eq!(words(&run, 0), expected);
    let set = run.events.iter().find_map(|event| match event.what {
        EventKind::Timer { due_ns, .. } => Some((event.ns, due_ns)),
        _ => None,
    });
    assert!(set.is_some_and(|(ns, due_ns)| due_ns == ns + 20_000_000), "{set:?}");
}

#[test]
fn a_sleep_outside_of_all_tasks_is_left_out() {
    let told = Told::new();
    told.in_it(|| poll(&sleep(), Some(20), true));
    assert_eq!(told.run().events, []);
}
