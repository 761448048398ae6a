//! Twenty mistakes that learners report, the pains: each has a section with a program that fails, its cure, an exercise, and a question
//! in the quiz of its page, which a comment under the question says: `<!-- pain: 6 -->`.

use super::{blocks, chapters, exercises, links, quiz, read};
use Program::{Block, Test};

/// A program of a chapter.
enum Program {
    /// A test of this file below `crates/course/src/chapters`, which the page quotes or links.
    Test(&'static str, &'static str),
    /// A block of the section. The one that fails does not compile, and the cure does.
    Block,
}

/// The number of the pain, the page, how the heading of its section begins, the program that fails, its cure, and an exercise.
type Row = (u32, &'static str, &'static str, Program, Program, &'static str);

const TOO_LATE: &str = "09-pitfalls-too-late.md";
const WRONG_RUNTIME: &str = "09b-pitfalls-wrong-runtime.md";
const DROPPED_OR_HELD: &str = "09c-pitfalls-dropped-or-held.md";
const CHANNELS: &str = "13-channels-and-streams.md";
const SEND: &str = "14-send-and-scopes.md";
const TRAITS: &str = "16-traits-and-closures.md";
const SHUTDOWN: &str = "17-time-limits-and-shutdown.md";
const BRIDGING: &str = "18-bridging.md";

/// In the order of the pains.
#[rustfmt::skip] // a row for each
fn rows() -> Vec<Row> {
    let in_a_row = "pitfalls/p01_awaits_in_a_row.rs";
    let parallel = "pitfalls/p02_join_is_not_parallel.rs";
    let blocking = "pitfalls/p03_blocking_in_a_task.rs";
    let lazy = "pitfalls/p04_not_polled.rs";
    let left = "pitfalls/p05_spawned_and_left.rs";
    let waker = "pitfalls/p06_lost_waker.rs";
    let which = "pitfalls/p07_which_runtime.rs";
    let reactor = "pitfalls/p08_no_reactor.rs";
    let nested = "pitfalls/p09_runtime_in_a_runtime.rs";
    let select = "pitfalls/p10_select_loses.rs";
    let handle = "pitfalls/p11_dropped_handle.rs";
    let guard = "pitfalls/p12_guard_across_await.rs";
    let futurelock = "pitfalls/p13_futurelock.rs";
    let three_ways = "send/three_ways.rs";
    vec![
        (1, TOO_LATE, "1.", Test(in_a_row, "in_a_row_they_take_nine_seconds"), Test(in_a_row, "joined_they_take_five_seconds"), "await1"),
        (2, TOO_LATE, "2.", Test(parallel, "joined_they_are_one_task_on_one_thread"), Test(parallel, "spawned_they_are_painted_by_two_threads"), "join1"),
        (3, TOO_LATE, "3.", Test(blocking, "a_blocking_sleep_stops_the_heart"), Test(blocking, "beside_a_sleep_it_beats_in_time"), "heartbeat1"),
        (4, TOO_LATE, "4.", Test(lazy, "futures_that_are_dropped_have_painted_nothing"), Test(lazy, "an_await_polls_them"), "lazy1"),
        (5, TOO_LATE, "5.", Test(left, "a_task_that_is_left_has_not_painted"), Test(left, "an_awaited_canvas_is_dry"), "spawn1"),
        (6, WRONG_RUNTIME, "7.", Test(which, "a_named_runtime_brings_its_threads"), Test(which, "the_log_is_the_same_on_all_runtimes"), "runtime1"),
        (7, WRONG_RUNTIME, "8.", Test(reactor, "without_tokio_it_panics"), Test(reactor, "tokio_beside_our_loop_runs_it"), "tokio1"),
        (8, WRONG_RUNTIME, "9.", Test(nested, "block_on_in_a_task_panics"), Test(nested, "an_await_does_not"), "tokio2"),
        (9, TOO_LATE, "6.", Test(waker, "without_a_waker_it_stalls"), Test(waker, "the_latest_waker_wakes_the_task_that_waits"), "future1"),
        (9, TOO_LATE, "6.", Test(waker, "the_first_waker_wakes_the_wrong_task"), Test(waker, "the_latest_waker_wakes_the_task_that_waits"), "future2"),
        (10, DROPPED_OR_HELD, "10.", Test(select, "a_dropped_future_loses_its_canvas"), Test(select, "a_kept_future_comes_to_its_end"), "cancel1"),
        (11, DROPPED_OR_HELD, "11.", Test(handle, "smol_cancels"), Test(handle, "a_kept_handle_does_the_same_everywhere"), "smol1"),
        (12, DROPPED_OR_HELD, "12.", Test(guard, "the_real_lock_hangs"), Test(guard, "without_the_guard_there_is_nothing_to_wait_for"), "lock1"),
        (12, DROPPED_OR_HELD, "12.", Block, Test(guard, "without_the_guard_each_can_be_a_task"), "lock1"),
        (13, DROPPED_OR_HELD, "13.", Test(futurelock, "a_future_that_is_not_polled_keeps_the_brush"), Test(futurelock, "a_task_gives_the_brush_back"), "futurelock1"),
        (14, SEND, "What keeps a future from being Send", Block, Block, "send1"),
        (15, SEND, "'static: move, share or send", Block, Test(three_ways, "tasks_share_the_palette_on_every_runtime"), "static1"),
        (15, SEND, "Scopes: choose two", Test("send/forgotten.rs", "a_forgotten_scope_does_not_wait_for_its_tasks"), Test(three_ways, "a_thread_each_takes_as_long_as_one_canvas"), "static1"),
        (16, "15-pin.md", "Unpin, and \"cannot be unpinned\"", Block, Test(select, "a_kept_future_comes_to_its_end"), "pin1"),
        (17, CHANNELS, "A deadlock by a full channel", Test("channels/deadlock.rs", "five_orders_have_a_place_and_six_have_not"), Test("channels/deadlock.rs", "both_at_the_same_time_need_a_second_for_each"), "channel2"),
        (17, CHANNELS, "A bound that is none", Test("channels/growing.rs", "without_a_bound_the_queue_grows"), Test("channels/growing.rs", "with_a_bound_the_customer_waits"), "channel1"),
        (17, CHANNELS, "A bound that is none", Test("channels/bounds.rs", "a_clone_for_each_message_has_no_bound"), Test("channels/bounds.rs", "senders_of_tokio_and_async_channel_share_the_bound"), "channel3"),
        (18, SHUTDOWN, "What is lost at each await", Test("shutdown/lost.rs", "an_aborted_task_loses_what_it_holds_on_every_runtime"), Test("shutdown/draining.rs", "what_has_begun_is_finished_on_every_runtime"), "shutdown1"),
        (18, SHUTDOWN, "Closing in four steps", Test("shutdown/draining.rs", "going_home_at_once_loses_four"), Test("shutdown/draining.rs", "the_limit_holds_on_every_runtime"), "shutdown1"),
        (19, TRAITS, "An async function in a trait", Block, Test("traits/painters.rs", "each_runtime_takes_a_painter_in_a_task"), "trait1"),
        (19, TRAITS, "A list of painters", Block, Test("traits/painters.rs", "dyn_and_an_enum_paint_alike"), "trait2"),
        (19, TRAITS, "Closures that await", Block, Test("traits/closures.rs", "it_retries_on_every_runtime"), "closure1"),
        (20, BRIDGING, "From async code into code that blocks", Test("bridging/pool.rs", "scans_in_a_task_stop_the_heart"), Test("bridging/pool.rs", "a_pool_overlaps_as_many_scans_as_it_has_threads"), "bridge1"),
        (20, BRIDGING, "From plain code into async code", Test("bridging/plain_code.rs", "a_task_must_not_block"), Test("bridging/plain_code.rs", "a_thread_of_the_pool_may_block"), "tokio2"),
        (20, BRIDGING, "A library that works on all", Test("bridging/library.rs", "a_spawner_that_drops_the_handle_on_smol_breaks_the_promise"), Test("bridging/library.rs", "each_runtime_is_one_line"), "library1"),
    ]
}

/// Whether the page has the program: a test of a file that it shows, or a block of the section with this language.
fn has(program: &Program, page: &str, section: &str, language: &str) -> bool {
    match program {
        Test(file, name) => {
            let path = format!("crates/course/src/chapters/{file}");
            let is_shown = blocks(page).iter().any(|block| block.quotes.as_ref() == Some(&path))
                || links(page).contains(&format!("../{path}"));
            is_shown && read(&path).contains(&format!("#[test]\n    fn {name}()"))
        }
        Block => blocks(section).iter().any(|block| match block.language.strip_prefix(language) {
            Some(rest) => rest.is_empty() || rest.starts_with(",E"),
            None => false,
        }),
    }
}

#[test]
fn each_pain_has_a_section_a_failure_a_cure_an_exercise_and_a_question() {
    let (exercises, mut wrong, mut numbers) = (exercises(), Vec::new(), Vec::new());
    for (number, page, heading, fails, cure, exercise) in rows() {
        let text = read(&format!("docs/{page}"));
        let section = text.split("\n## ").find(|section| section.starts_with(heading)).unwrap_or_default();
        let link = exercises.iter().find(|link| link.ends_with(&format!("/{exercise}.rs")));
        let question = format!("\n<!-- pain: {number} -->\n");
        let checks = [
            (!section.is_empty(), "no such section"),
            (has(&fails, &text, section, "rust,compile_fail"), "no program that fails"),
            (has(&cure, &text, section, "rust"), "no cure"),
            (link.is_some_and(|link| links(&text).contains(link)), "no link to an exercise"),
            (quiz::section(&text).is_some_and(|quiz| quiz.contains(&question)), "no question in the quiz"),
        ];
        let missing = checks.into_iter().filter(|(holds, _)| !holds);
        wrong.extend(missing.map(|(_, what)| format!("pain {number}, docs/{page}, {heading} {exercise}: {what}")));
        numbers.push(number);
    }
    numbers.dedup();
    assert_eq!(numbers, (1..=20).collect::<Vec<_>>());
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The mistakes of chapter 9 have more: a replay, and an exercise beside it.
#[test]
fn each_mistake_of_chapter_9_has_a_replay_and_an_exercise_in_its_section() {
    let chapters = chapters().into_iter().filter(|page| page.starts_with("09"));
    let page: String = chapters.map(|page| read(&format!("docs/{page}"))).collect();
    let sections: Vec<_> =
        page.split("\n## ").filter(|section| section.starts_with(|c: char| c.is_ascii_digit())).collect();
    assert!(sections.len() >= 13);
    let exercises = exercises();
    for section in sections {
        let title = section.lines().next().unwrap_or_default();
        assert!(links(section).iter().any(|link| exercises.contains(link)), "{title}: no exercise");
        assert!(links(section).iter().any(|link| link.starts_with("images/stills/")), "{title}: no replay");
        let quoted: Vec<_> = blocks(section).into_iter().filter_map(|block| block.quotes).collect();
        assert!(quoted.iter().any(|file| read(file).contains("#[test]")), "{title}: nothing from a tested file");
    }
}
