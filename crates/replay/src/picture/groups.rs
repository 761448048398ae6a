//! Runs that did the same, put together: a picture shows one of them, and names the others.

use super::run::{Run, State};

/// Two moments count as the same if they are closer than this share of the longest run.
const CLOSE: f64 = 0.03;

/// A stretch of any task, in nanoseconds.
struct Part {
    task: usize,
    state: State,
    from: f64,
    to: f64,
}

/// What a run's tasks did, as far as a picture shows it.
enum Shape {
    /// No time passes: the order of the polls is all there is to see.
    Order(Vec<String>),
    Parts(Vec<Part>),
}

/// The numbers of the runs, in groups.
pub(super) fn group(runs: &[Run<'_>], is_program: bool) -> Vec<Vec<usize>> {
    let longest = runs.iter().map(|run| run.wall).max().unwrap_or(0).max(1) as f64;
    let shapes: Vec<_> = runs.iter().map(|run| shape(run, longest)).collect();
    let mut groups: Vec<Vec<usize>> = Vec::new();
    for (number, run) in runs.iter().enumerate() {
        let is_same = |group: &&mut Vec<usize>| {
            let first = group[0];
            let are_alike = are_alike(&runs[first], run) && (!is_program || about(&runs[first]) == about(run));
            are_alike && have_same_shape(&shapes[first], &shapes[number], longest)
        };
        match groups.iter_mut().find(is_same) {
            Some(group) => group.push(number),
            None => groups.push(vec![number]),
        }
    }
    groups
}

fn about<'a>(run: &Run<'a>) -> &'a str {
    &run.recorded.about
}

fn are_alike(one: &Run<'_>, other: &Run<'_>) -> bool {
    one.recorded.error == other.recorded.error
        && one.painters.len() == other.painters.len()
        && one.recorded.tasks.len() == other.recorded.tasks.len()
}

fn shape(run: &Run<'_>, longest: f64) -> Shape {
    if run.wall == 0 {
        let own = run.polls().filter(|task| !run.is_helper(*task));
        return Shape::Order(own.map(|task| run.recorded.tasks[task].clone()).collect());
    }
    let mut parts: Vec<Part> = Vec::new();
    for task in run.tasks() {
        for stretch in run.of_task(task) {
            let (from, to, state) = (stretch.from_ns as f64, stretch.to_ns as f64, stretch.state);
            if to - from < longest * CLOSE {
                continue;
            }
            match parts.last_mut() {
                // A look at the canvas between two waits takes no time worth a stretch.
                Some(last) if last.task == task && last.state == state && from - last.to < longest * CLOSE => {
                    last.to = to;
                }
                _ => parts.push(Part { task, state, from, to }),
            }
        }
    }
    // The tasks of one run may be served in another order than those of another, which makes no difference to see.
    parts.sort_by(|one, other| {
        one.from.total_cmp(&other.from).then(one.to.total_cmp(&other.to)).then(one.state.cmp(&other.state))
    });
    Shape::Parts(parts)
}

fn have_same_shape(one: &Shape, other: &Shape, longest: f64) -> bool {
    let close = |one: f64, other: f64| (one - other).abs() <= longest * CLOSE;
    match (one, other) {
        (Shape::Order(one), Shape::Order(other)) => one == other,
        (Shape::Parts(one), Shape::Parts(other)) => {
            let same = |(one, other): (&Part, &Part)| {
                one.state == other.state && close(one.from, other.from) && close(one.to, other.to)
            };
            one.len() == other.len() && one.iter().zip(other).all(same)
        }
        _ => false,
    }
}
