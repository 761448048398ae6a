//! A program that was recorded as it is: its tasks have the names of the lines that spawned them.

use crate::browser::{Look, Page};
use paintdry_browser_tests::Recording;
use serde_json::{Value, json};

/// One task of one line and twenty of another. None has spawned another.
fn recording() -> Recording {
    let names: Vec<_> = (1..=20).map(|number| format!("src/server.rs:259 #{number}")).collect();
    let tasks: Vec<_> = ["src/db.rs:135".to_owned()].into_iter().chain(names).collect();
    let of_task = |task: usize| {
        let ns = 10 * task;
        [json!([ns, "spawn", task, null]), json!([ns + 1, "poll", task, 0]), json!([ns + 2, "pending", task])]
    };
    let events: Vec<Value> = (0..tasks.len()).flat_map(of_task).collect();
    Recording::of("--virtual --runtime generator").changed(|recording| {
        recording["workload"] = json!({"job": "program", "name": "A server"});
        recording["clock"] = json!("real");
        recording["runs"] = json!([{
            "runtime": "tokio", "version": "1.54.1", "about": "A server", "threads": 1, "source": null,
            "wall_ns": 1000, "error": null, "tasks": tasks, "events": events,
        }]);
    })
}

#[test]
fn lanes_and_chips_have_the_line_and_the_number() {
    let page = Page::open_at(&recording().page(), "more=1&open=0&run=tokio&event=4", Look::default());
    let texts =
        page.value("[...document.querySelectorAll('.labels bdi')].slice(0, 3).map((label) => label.textContent)");
    assert_eq!(texts, json!(["db.rs:135", "server.rs:259 #1", "server.rs:259 #2"]));
    assert_eq!(page.text("document.querySelector('[data-live=running]').textContent"), ":259#1");
}

#[test]
fn the_mosaic_has_the_tasks_of_each_line_below_its_name() {
    let page = Page::open_at(&recording().page(), "more=0&run=tokio&ns=1000", Look::default());
    // Whether there is ink at a place of the mosaic.
    let has_ink = |x: u32, y: u32| {
        let copied = "const copy = new OffscreenCanvas(640, 150).getContext('2d', { willReadFrequently: true });
            copy.drawImage(document.querySelector('.card canvas'), 0, 0);";
        page.is(&format!("(() => {{ {copied} return copy.getImageData({x}, {y}, 1, 1).data[3] > 0; }})()"))
    };
    assert!(has_ink(5, 13 + 5), "the task of the first line, which has spawned nobody and is shown");
    assert!(!has_ink(40, 13 + 5), "no other task is of that line");
    assert!(has_ink(5, 13 + 28 + 13 + 5) && has_ink(40, 13 + 28 + 13 + 5), "the tasks of the second line");
}
