//! Locks and channels on the page: who waits for what, who holds it, and the circle of a deadlock.

use crate::browser::{Look, Page};
use paintdry_browser_tests::Recording;
use serde_json::{Value, json};

/// A program with these tasks, resources and events, which ended with this error.
fn program(tasks: &Value, resources: &Value, events: &Value, error: &Value) -> Recording {
    Recording::of("--virtual --runtime generator").of_a_program("Painters").changed(|recording| {
        let run = &mut recording["runs"][0];
        run["tasks"] = tasks.clone();
        run["resources"] = resources.clone();
        run["events"] = events.clone();
        run["error"] = error.clone();
        run["wall_ns"] = json!(0);
    })
}

fn sentence(page: &Page, event: usize) -> String {
    page.seek(&json!({ "event": event }));
    page.text("document.getElementById('sentence').textContent")
}

/// Ada holds red and waits for blue, Bob holds blue and waits for red. Then the watchdog ends main.
#[test]
fn two_locks_in_opposite_orders_end_with_their_circle() {
    let resources =
        json!([{ "kind": "mutex", "name": "red", "capacity": 1 }, { "kind": "mutex", "name": "blue", "capacity": 1 }]);
    let events = json!([
        [0, "spawn", 0, null],
        [0, "poll", 0, 0],
        [0, "spawn", 1, 0],
        [0, "spawn", 2, 0],
        [0, "join", 0, 1],
        [0, "pending", 0],
        [0, "poll", 1, 0],
        [0, "take", 1, 0, 0],
        [0, "yield", 1],
        [0, "pending", 1],
        [0, "poll", 2, 0],
        [0, "take", 2, 1, 1],
        [0, "yield", 2],
        [0, "pending", 2],
        [0, "poll", 1, 0],
        [0, "wait", 1, 1, 2, "take"],
        [0, "pending", 1],
        [0, "poll", 2, 0],
        [0, "wait", 2, 0, 3, "take"],
        [0, "pending", 2],
        [0, "cancel", 0],
    ]);
    let error = json!("stalled: nothing can run and no timer is set");
    let recording = program(&json!(["main", "ada", "bob"]), &resources, &events, &error);
    let page = Page::open_at(&recording.page(), "more=0", Look::default());
    assert_eq!(sentence(&page, 15), "ada begins to wait for blue, held by bob.");
    assert_eq!(sentence(&page, 16), "The poll of ada ended. It waits for blue, held by bob.");
    assert_eq!(
        sentence(&page, 20),
        "Stuck: no task can run. ada waits for blue, held by bob; bob waits for red, held by ada."
    );
    assert_eq!(page.text("document.querySelector('.card-error').textContent"), "Stuck: ada → blue → bob → red → ada.");
    assert_eq!(
        page.value("[...document.querySelectorAll('.waits text')].map((one) => one.textContent)"),
        json!(["wants blue", "wants red"])
    );
    assert_eq!(
        page.value("[...document.querySelectorAll('.pots path')].map((pot) => pot.getAttribute('fill'))"),
        json!(["red", "blue"]),
        "each holds a pot"
    );
}

#[test]
fn a_task_says_what_it_waits_for() {
    let resources = json!([
        { "kind": "mutex", "name": "blue", "capacity": 1 },
        { "kind": "semaphore", "name": "brushes", "capacity": 2 },
        { "kind": "channel", "name": "orders", "capacity": 1 },
        { "kind": "signal", "name": "dry", "capacity": null },
    ]);
    let events = json!([
        [0, "spawn", 0, null],
        [0, "spawn", 1, null],
        [0, "poll", 0, 0],
        [0, "wait", 0, 0, 0, "take"],
        [0, "take", 0, 1, 1],
        [0, "take", 1, 1, 2],
        [0, "wait", 0, 1, 3, "take"],
        [0, "send", 0, 2, 4, 1],
        [0, "wait", 0, 2, 5, "send"],
        [0, "receive", 1, 2, 6, 0],
        [0, "notify", 0, 2, 5],
        [0, "wait", 0, 2, 5, "send"],
        [0, "leave", 0, 2, 5],
        [0, "wait", 0, 3, 7, "hear"],
        [0, "signal", 1, 3, 1],
        [0, "close", 1, 2],
        [0, "pending", 0],
    ]);
    let recording = program(&json!(["ada", "bob"]), &resources, &events, &Value::Null);
    let page = Page::open_at(&recording.page(), "more=0", Look::default());
    for (event, words) in [
        (3, "ada begins to wait for blue, held outside of this run."),
        (4, "ada takes brushes."),
        (6, "ada begins to wait for brushes, held by ada and bob."),
        (7, "ada sends a message to orders, which is full now."),
        (8, "ada begins to wait for room in orders."),
        (9, "bob receives a message from orders, which is empty now."),
        (10, "orders notifies ada: it can try again when it is polled."),
        (11, "ada tried again, and waits for room in orders."),
        (12, "ada waits no more for orders."),
        (13, "ada begins to wait for the signal dry."),
        (14, "bob gives the signal dry to 1 listener."),
        (15, "bob closes orders: its last sender or receiver is dropped."),
    ] {
        assert_eq!(sentence(&page, event), words);
    }
}
