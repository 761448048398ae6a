//! The studio's locks and channels in explorations: on our loop and at the turnstile of other runtimes, each use is seen.

use crate::{failure, readable};
use paintdry_core::{Runtime, gather, name_task};
use paintdry_explore::{Ended, ExploredLoop, Explorer, Play, Played, Then, Turnstile, Why};
use paintdry_generator::EventLoop;
use paintdry_smol::Local;
use paintdry_studio::sync::{Mutex, channel};
use paintdry_studio::{EventKind, RecordedRun};
use paintdry_tokio::CurrentThread;

/// Two painters take two pots, in one order or in opposite orders.
async fn two_pots<R: Runtime>(is_one_order: bool) {
    let (red, blue) = (Mutex::new("red", ()), Mutex::new("blue", ()));
    let others = if is_one_order { (red.clone(), blue.clone()) } else { (blue.clone(), red.clone()) };
    gather::<R, _>([("ada", (red, blue)), ("bob", others)].map(|(name, (first, second))| async move {
        name_task(name);
        let _first = first.lock().await;
        R::yield_now().await;
        let _second = second.lock().await;
    }))
    .await;
}

/// How each schedule ended, with what was recorded.
fn all(play: impl Fn(Play<'_>) -> Played) -> Vec<(Ended, RecordedRun)> {
    let (mut all, mut choices) = (Vec::new(), Vec::new());
    loop {
        let played = play(Play { choices: &choices, then: Then::OwnOrder, names: &[], is_recorded: true });
        let recorded = played.recorded("any", "two painters", None);
        let mut made = played.choices;
        all.push((played.ended, recorded));
        while made.pop_if(|choice| choice.chosen + 1 == choice.of).is_some() {}
        let Some(last) = made.last_mut() else { return all };
        last.chosen += 1;
        choices = made.iter().map(|choice| choice.chosen).collect();
    }
}

fn stuck(all: &[(Ended, RecordedRun)]) -> usize {
    all.iter().filter(|(ended, _)| matches!(ended, Ended::Failed(Why::Stuck { .. }))).count()
}

#[test]
fn opposite_orders_get_stuck_in_the_same_schedules_everywhere_and_one_order_in_none() {
    fn all_on<R: Runtime>(is_one_order: bool) -> Vec<(Ended, RecordedRun)> {
        let program = || two_pots::<Turnstile<R>>(is_one_order);
        all(|play| Explorer::new().play_on::<R, _>(program, play).expect("it has one thread"))
    }
    for is_one_order in [false, true] {
        let on_the_loop = all(|play| Explorer::new().play(|_| two_pots::<ExploredLoop>(is_one_order), play));
        println!("{} schedules, {} stuck", on_the_loop.len(), stuck(&on_the_loop));
        assert_eq!(stuck(&on_the_loop) == 0, is_one_order);
        assert_eq!(all_on::<EventLoop>(is_one_order), on_the_loop);
        assert_eq!(all_on::<CurrentThread>(is_one_order), on_the_loop);
        assert_eq!(all_on::<Local>(is_one_order), on_the_loop);
    }
}

#[test]
fn a_failure_says_which_task_took_a_lock_and_its_recording_which_task_holds_it() {
    let explorer = Explorer::new().pruned();
    let found = failure(explorer.check_on::<CurrentThread, _>(|| two_pots::<Turnstile<CurrentThread>>(false)));
    let text = found.to_string();
    let turns = "
   1   main  makes ada, makes bob, waits
   2   ada   takes red, yields
   3   bob   takes blue, yields
   4   ada   waits for blue, waits
   5   bob   waits for red, waits
";
    assert!(text.contains(turns), "{text}");
    let recording = readable(&found);
    let run = &recording.runs[0];
    assert_eq!(run.resources.iter().map(|resource| &*resource.name).collect::<Vec<_>>(), ["red", "blue"]);
    let uses = run.events.iter().filter(|event| event.what.resource().is_some());
    let uses: Vec<_> = uses.map(|event| (&*run.tasks[event.task as usize], &event.what)).collect();
    let (take, wait) = (
        |resource, claim| EventKind::Take { resource, claim },
        |resource, claim| EventKind::Wait { resource, claim, to: paintdry_studio::Aim::Take },
    );
    let expected = [("ada", take(0, 0)), ("bob", take(1, 1)), ("ada", wait(1, 2)), ("bob", wait(0, 3))];
    assert_eq!(uses, expected.each_ref().map(|(task, what)| (*task, what)));
    assert!(explorer.check_on::<CurrentThread, _>(|| two_pots::<Turnstile<CurrentThread>>(true)).is_ok());
}

/// A message is lost in the schedules in which the painter asks too early. The pruned search finds one.
#[test]
fn the_pruned_search_knows_that_tasks_meet_in_a_channel() {
    async fn asks_once<R: Runtime>() {
        let (sender, receiver) = channel("orders", 1);
        let painter = R::spawn(async move {
            name_task("painter");
            R::yield_now().await;
            assert!(receiver.try_receive().is_some(), "no order");
        });
        let customer = R::spawn(async move {
            name_task("customer");
            R::yield_now().await;
            let _ = sender.try_send("sky");
        });
        customer.await.expect("it ends");
        painter.await.expect("it has an order");
    }
    let found = failure(Explorer::new().pruned().check(|_| asks_once::<ExploredLoop>()));
    assert!(found.to_string().contains("no order"), "{found}");
}
