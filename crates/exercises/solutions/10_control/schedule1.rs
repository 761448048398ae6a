// Chapter 10, about 15 minutes: repair a program until no schedule of its tasks fails.
// docs/10b-every-schedule.md
//
// Ada and bob sell tickets for the gallery, one each. A ticket has a number, which is one more than the number of
// tickets sold before. To print a ticket takes a turn, in which other tasks run. In the loop's own order bob comes
// late, and the tickets are 1 and 2. In another order both tickets have the same number.
//
// The test explores all schedules, and prints the shortest one that fails. Read who sees which number, and when. Then
// let every schedule sell tickets 1 and 2. A ticket must still take a turn to print.
//
// `Shared` is a value that the tasks share, and the explorer watches: `get`, `set`, and `change(|value| …)`, which
// returns what its closure returns. `Loop` is our event loop, with the explorer as its scheduler. The
// `Explorer` returns what it has `Explored`, or a `CheckError`. `name_task` names a task.

use paintdry_core::{Runtime, gather, name_task};
use paintdry_explore::{CheckError, Explored, ExploredLoop as Loop, Explorer, Shared};

/// Sells a ticket: finds its number, prints it, and counts it as sold.
async fn sell(sold: Shared<u32>, tickets: Shared<Vec<u32>>) {
    // Changed: the number is taken and counted in one turn, before the await. A task that runs while this one prints
    // sees that the number is taken.
    let number = sold.change(|sold| {
        *sold += 1;
        *sold
    });
    print(number, &tickets).await;
}

// You need not change anything below this line.

/// Prints a ticket, which takes a turn.
async fn print(number: u32, tickets: &Shared<Vec<u32>>) {
    Loop::yield_now().await;
    tickets.change(|tickets| tickets.push(number));
}

async fn open_gallery() {
    let (sold, tickets) = (Shared::new("sold", 0), Shared::new("tickets", Vec::new()));
    let sellers = [("ada", 0), ("bob", 2)].map(|(name, turns)| {
        let (sold, tickets) = (sold.clone(), tickets.clone());
        async move {
            name_task(name);
            for _ in 0..turns {
                Loop::yield_now().await; // opens the door
            }
            sell(sold, tickets).await;
        }
    });
    gather::<Loop, _>(sellers).await;
    let mut tickets = tickets.get();
    tickets.sort_unstable();
    assert_eq!(tickets, [1, 2], "two tickets have different numbers");
    assert_eq!(sold.get(), 2, "two tickets are sold");
}

/// Runs the program under all schedules.
fn explore() -> Result<Explored, CheckError> {
    Explorer::new().pruned().check(|_| open_gallery())
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
    fn no_schedule_sells_a_number_twice() {
        let explored = within_a_second("schedule1", explore);
        let error = explored.as_ref().err().map_or_else(String::new, ToString::to_string);
        let sentence = format!(
            "schedule1: a schedule fails. Which task sees a number that another task is about to change?\n\n{error}"
        );
        check(explored.is_ok(), &sentence);
        let is_complete = explored.is_ok_and(|explored| explored.is_complete);
        check(is_complete, "schedule1: there should be few enough schedules to try them all");
        let (program, _) = include_str!("schedule1.rs").split_once("// You need not").expect("the line is there");
        check(program.contains("&tickets).await"), "schedule1: `sell` should print its ticket with `print(…).await`");
    }
}
