//! Predict mode: it stops before each choice, asks who runs next, counts the answers, and tells how the others chose.

use crate::browser::Page;
use crate::fold::{Run, State};
use paintdry_browser_tests::Recording;
use serde_json::{Value, json};

/// The polls before which two or more tasks were ready.
fn choices(run: &Run<'_>) -> Vec<i64> {
    let chooses = |event: &i64| {
        let ready = run.at(event - 1).tasks_in(State::Ready);
        run.kind(*event) == "poll" && ready.len() > 1 && ready.contains(&run.task(*event))
    };
    (0..=run.last()).filter(chooses).collect()
}

fn offered(page: &Page) -> Vec<String> {
    let names = page.value("[...document.querySelectorAll('#choices button bdi')].map((name) => name.textContent)");
    names.as_array().expect("a list").iter().map(|name| name.as_str().expect("a name").to_owned()).collect()
}

fn score(page: &Page) -> (u64, u64) {
    let score = &page.moment()["score"];
    (score["right"].as_u64().expect("a number"), score["asked"].as_u64().expect("a number"))
}

#[test]
fn it_asks_before_every_choice_and_counts_the_answers() {
    let recording = Recording::of("amap --virtual --tasks 3");
    let runs: Vec<_> = recording.runs().iter().map(Run::fold).collect();
    let run = runs.iter().find(|run| run.name == "tokio").expect("it was run");
    let choices = choices(run);
    assert!(choices.len() > 5, "there is something to guess: {choices:?}");
    let page = Page::open(&recording.page());
    page.reset("run=tokio&event=-1");
    page.press('p');
    for (asked, choice) in (1..).zip(&choices) {
        page.wait(&format!(
            "paintdry.moment().event === {} && document.querySelector('#choices button:enabled')",
            choice - 1
        ));
        let names = offered(&page);
        let mut ready: Vec<_> = run.at(choice - 1).tasks_in(State::Ready);
        ready.sort_unstable();
        assert_eq!(
            names,
            ready.iter().map(|task| run.tasks[*task]).collect::<Vec<_>>(),
            "those that are ready, and no order"
        );
        // Even questions are answered rightly by a key, odd ones wrongly by the pointer.
        let right = run.tasks[run.task(*choice)];
        let place = names.iter().position(|name| (name == right) == (asked % 2 == 0)).expect("it is offered");
        let before = score(&page);
        if asked % 2 == 0 {
            page.press(char::from_digit(u32::try_from(place).expect("small") + 1, 10).expect("a digit"));
        } else {
            page.click(&format!("#choices button:nth-child({})", place + 1));
        }
        page.wait(&format!("paintdry.moment().event === {choice}"));
        assert_eq!(score(&page), (before.0 + u64::from(asked % 2 == 0), asked));
        let told = page.text("document.getElementById('question-text').textContent");
        assert!(
            told.contains(right)
                && told.contains("tokio")
                && told.contains(if asked % 2 == 0 { "Right" } else { "No" }),
            "{told}"
        );
        assert_eq!(page.value("document.querySelectorAll('#choices .wrong').length"), json!(asked % 2));
        assert_eq!(page.text("document.querySelector('#choices .right bdi').textContent"), right);
        reveals_the_others(&page, &runs, run, *choice);
        page.press('n');
    }
    // There are no more; the next one is the first again, and is not counted twice.
    page.wait(&format!("paintdry.moment().event === {}", choices[0] - 1));
    let before = score(&page);
    page.press('1');
    page.wait(&format!("paintdry.moment().event === {}", choices[0]));
    assert_eq!(score(&page), before);
}

/// After an answer stands for each other run in which order it gave the tasks their next polls.
fn reveals_the_others(page: &Page, runs: &[Run<'_>], asked: &Run<'_>, choice: i64) {
    let polls = |run: &Run<'_>, name: &str| -> Vec<i64> {
        (0..=run.last()).filter(|&event| run.kind(event) == "poll" && run.tasks[run.task(event)] == name).collect()
    };
    let names: Vec<_> = asked.at(choice - 1).tasks_in(State::Ready).iter().map(|task| asked.tasks[*task]).collect();
    let expected: Vec<_> = runs
        .iter()
        .filter(|run| run.name != asked.name)
        .map(|run| {
            let mut order = vec![];
            for name in &names {
                let before = polls(asked, name).iter().filter(|event| **event < choice).count();
                order.extend(polls(run, name).get(before).map(|event| (*event, *name)));
            }
            order.sort_unstable();
            json!([run.name, order.iter().map(|(_, name)| name).collect::<Vec<_>>()])
        })
        .collect();
    let shown = page.value(
        "[...document.querySelectorAll('#answer dt')].map((name) => [name.textContent,
            [...name.nextSibling.querySelectorAll('.chip')].map((chip) => chip.title).filter(Boolean)])",
    );
    assert_eq!(shown, Value::from(expected), "event {choice}: how the others chose");
}

#[test]
fn it_covers_the_future_and_play_stops_at_the_next_choice() {
    let recording = Recording::of("amap --virtual --tasks 3");
    let run = Run::fold(&recording.runs()[2]);
    let choices = choices(&run);
    let page = Page::open(&recording.page());
    page.reset("run=generator&event=-1&align=event&predict=1");
    assert!(
        page.is("[...document.querySelectorAll('.curtain')].every((one) => getComputedStyle(one).display === 'block')")
    );
    page.plays_fast();
    for choice in choices.iter().take(3) {
        page.click("#play");
        page.wait(&format!("!paintdry.moment().playing && paintdry.moment().event === {}", choice - 1));
        // The curtain begins at the playhead, and hides what comes.
        let share = page.value(
            "(() => {
                const plot = document.querySelector('.run.followed .plot').getBoundingClientRect();
                const curtain = document.querySelector('.run.followed .curtain').getBoundingClientRect();
                const head = document.querySelector('.run.followed .head').getBoundingClientRect();
                return Math.abs(curtain.left - (head.left + head.right) / 2) < 2 && curtain.right >= plot.right;
            })()",
        );
        assert_eq!(share, json!(true), "the future is covered");
        // Neither does the table tell it.
        page.press('v');
        page.wait(&format!("document.querySelectorAll('#event-table tbody tr').length === {choice}"));
        page.press('v');
        page.wait("document.querySelector('#choices button:enabled')");
        page.press('1');
        page.wait(&format!("paintdry.moment().event === {choice}"));
    }
    page.press('p');
    assert!(
        page.is("[...document.querySelectorAll('.curtain')].every((one) => getComputedStyle(one).display === 'none')")
    );
}

/// On two threads one choice may follow the other: two polls without an event between them.
#[test]
fn an_answer_stays_though_the_next_event_is_a_choice_again() {
    let recording = Recording::of("amap --virtual --runtime tokio-multi,generator").changed(|recording| {
        for run in recording["runs"].as_array_mut().expect("a list") {
            run["tasks"] = json!(["a", "b", "c", "d"]);
            let spawned = (0..4).map(|task| json!([0, "spawn", task, null]));
            let polled = (0..4).map(|task| json!([0, "poll", task, task % 2]));
            let done = (0..4).map(|task| json!([0, "complete", task]));
            run["events"] = spawned.chain(polled).chain(done).collect();
        }
    });
    let page = Page::open(&recording.page());
    page.reset("run=tokio-multi&event=-1");
    page.press('p');
    let asks = "document.querySelector('#choices button:enabled')";
    let hides_the_others = "[...document.querySelectorAll('.run')].map((row) => [
        row.dataset.run, getComputedStyle(row.querySelector('[data-live=ready]')).visibility === 'hidden',
        getComputedStyle(row.querySelector('.curtain')).transform === 'none'])";
    for (choice, go_on) in [(4, "#next-question"), (5, "#play"), (6, "#next-question")] {
        page.wait(&format!("paintdry.moment().event === {} && {asks}", choice - 1));
        // What the others did is not to be seen yet.
        assert_eq!(page.value(hides_the_others), json!([["generator", true, true], ["tokio-multi", false, false]]));
        page.press('1');
        page.wait(&format!("paintdry.moment().event === {choice} && !{asks}"));
        assert!(page.is("document.querySelectorAll('#answer dt').length === 1"), "the answer to {choice}");
        assert_eq!(page.value(hides_the_others), json!([["generator", false, false], ["tokio-multi", false, false]]));
        page.click(go_on);
    }
    assert_eq!(score(&page), (3, 3));
}

#[test]
fn a_run_without_a_choice_says_so() {
    let recording = Recording::of("--virtual");
    let page = Page::open(&recording.page());
    for run in recording.runs() {
        let run = Run::fold(run);
        let expected = choices(&run);
        page.reset(&format!("run={}&event=-1&predict=1", run.name));
        page.wait(&format!("document.getElementById('question-text').textContent.includes('{}')", run.name));
        let asks = page.is("!document.getElementById('next-question').hidden");
        let told = page.text("document.getElementById('question-text').textContent");
        assert_eq!(asks, !expected.is_empty(), "{}: {expected:?}: {told}", run.name);
        assert!(asks || told.contains("never had a choice"), "{told}");
    }
}
