//! A span that is entered is not always a poll: a task's span goes along as the context of other tasks.

use super::*;

#[test]
fn a_task_in_the_context_of_its_parent_is_no_poll_of_the_parent() {
    let told = Told::new();
    told.in_it(|| {
        let parent = span("block_on", "", 1, 1);
        let taken_along = parent.clone();
        let mut main = Task::in_span(parent, pending(9));
        main.poll();
        Task::spawn(3, pending(0).instrument(taken_along)).poll();
    });
    assert_eq!(words(&told.run(), 0), ["spawn", "poll", "pending", "cancel"]);
    assert_eq!(words(&told.run(), 1), ["spawn", "poll", "complete"]);
}

#[test]
fn a_local_task_is_polled_inside_the_poll_of_another() {
    let told = Told::new();
    told.in_it(|| {
        let mut local = Task::in_span(span("local", "", 2, 1), pending(0));
        let main = async move { local.poll() };
        Task::in_span(span("block_on", "", 1, 1), main).poll();
    });
    let run = told.run();
    assert_eq!(run.tasks, ["block_on src/main.rs:1", "src/main.rs:2"]);
    let order: Vec<_> = run.events.iter().map(|event| (event.task, word(event))).collect();
    let order: Vec<_> = order.iter().map(|(task, word)| (*task, word.as_str())).collect();
    let expected = [(1, "spawn"), (0, "spawn"), (0, "poll"), (1, "poll"), (1, "complete"), (0, "complete")];
    assert_eq!(order, expected);
}

#[test]
fn a_block_on_inside_a_task_is_polled() {
    let told = Told::new();
    told.in_it(|| Task::spawn(3, async { Task::in_span(span("block_on", "", 4, 1), pending(0)).poll() }).poll());
    assert_eq!(words(&told.run(), 0), ["spawn by 1", "poll", "complete"]);
}

#[test]
fn other_layers_hear_what_they_heard_before() {
    use std::sync::{Arc, Mutex};
    use tracing::Subscriber;
    use tracing_subscriber::layer::{Context, Layer};

    #[derive(Clone, Default)]
    struct Other(Arc<Mutex<Vec<&'static str>>>);

    impl<S: Subscriber> Layer<S> for Other {
        fn on_event(&self, event: &tracing::Event<'_>, _: Context<'_, S>) {
            self.0.lock().expect("no panic").push(event.metadata().target());
        }
    }

    let other = Other::default();
    let (layer, recorder) = Options::new(place()).layer();
    let dispatch = Dispatch::new(Registry::default().with(other.clone()).with(layer));
    dispatcher::with_default(&dispatch, || {
        trace!(target: "program", "painted");
        drop(Task::spawn(3, pending(0)));
    });
    assert_eq!(*other.0.lock().expect("no panic"), ["program"]);
    assert_eq!(recorder.recording().runs[0].events.len(), 2);
    recorder.discard();
}
