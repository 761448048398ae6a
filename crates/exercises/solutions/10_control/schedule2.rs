// Chapter 10, about 20 minutes: take two locks in an order that cannot end in a deadlock.
// docs/10b-every-schedule.md
//
// Each jar of paint is behind a lock. `pour` locks the jar it pours from, and then the one it pours into. Ada pours red
// into blue, and bob pours blue into red, to mix two shades of purple. In the loop's own order bob comes late, and all
// goes well. In another order each of the two holds a jar and waits for the other.
//
// The test explores all schedules, and prints the shortest one that gets stuck. Change `pour` so that none does. The
// caller may still name the two jars in any order, and a portion must be in one of the jars whenever no task pours.
//
// `Jar::number` says which jar it is: 0 is red, 1 is blue. `Loop` is our event loop, with the explorer as its
// scheduler.

use paintdry_core::{Runtime, gather, name_task};
use paintdry_explore::{CheckError, Explored, ExploredLoop as Loop, Explorer};
use paintdry_studio::sync::Mutex;

/// Pours a portion from one jar into the other.
async fn pour(from: &Jar, into: &Jar) {
    // Changed: all tasks take the lock of the jar with the lower number first, whichever way they pour. A task that
    // holds the second lock has the first one already, so it never waits for a task that waits for it.
    let (first, second) = if from.number < into.number { (from, into) } else { (into, from) };
    let first_portions = first.portions.lock().await;
    Loop::yield_now().await; // tilts the jar
    let second_portions = second.portions.lock().await;
    let (mut from, mut into) =
        if from.number < into.number { (first_portions, second_portions) } else { (second_portions, first_portions) };
    *from -= 1;
    *into += 1;
}

// You need not change anything below this line.

#[derive(Clone)]
struct Jar {
    #[allow(dead_code, reason = "you may need it")]
    number: usize,
    portions: Mutex<u32>,
}

async fn mix_two_shades() {
    let jars = ["red", "blue"];
    let jar = |number: usize| Jar { number, portions: Mutex::new(jars[number], 3) };
    let (red, blue) = (jar(0), jar(1));
    let painters = [("ada", 0, red.clone(), blue.clone()), ("bob", 3, blue.clone(), red.clone())];
    let pourings = painters.map(|(name, turns, from, into)| async move {
        name_task(name);
        for _ in 0..turns {
            Loop::yield_now().await; // looks at the canvas
        }
        pour(&from, &into).await;
    });
    gather::<Loop, _>(pourings).await;
    let portions = [*red.portions.lock().await, *blue.portions.lock().await];
    assert_eq!(portions, [3, 3], "each jar loses a portion and gets one");
}

/// Runs the program under all schedules.
fn explore() -> Result<Explored, CheckError> {
    Explorer::new().pruned().check(|_| mix_two_shades())
}

fn main() {
    match explore() {
        Ok(explored) => println!("{} schedules, and none fails", explored.runs()),
        Err(error) => println!("{error}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use paintdry_course::{check, within_a_second};

    #[test]
    fn no_schedule_gets_stuck() {
        let explored = within_a_second("schedule2", explore);
        let error = explored.as_ref().err().map_or_else(String::new, ToString::to_string);
        let sentence = format!(
            "schedule2: a schedule fails. Which lock does each task hold when it waits for the other one?\n\n{error}"
        );
        check(explored.is_ok(), &sentence);
        let is_complete = explored.is_ok_and(|explored| explored.is_complete);
        check(is_complete, "schedule2: there should be few enough schedules to try them all");
    }
}
