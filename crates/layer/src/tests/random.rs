//! Programs that are drawn at random: the recording says what the runtime did, on one thread to the letter.

use super::*;
use proptest::collection::vec;
use proptest::prelude::*;

#[derive(Debug, Clone, Copy)]
enum Step {
    Spawn { pending: u32 },
    Poll(usize),
    Wake(usize),
    Cancel(usize),
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        (0..3_u32).prop_map(|pending| Step::Spawn { pending }),
        any::<usize>().prop_map(Step::Poll),
        any::<usize>().prop_map(Step::Wake),
        any::<usize>().prop_map(Step::Cancel),
    ]
}

/// What the runtime did: a task and a word each.
#[derive(Default)]
struct Model {
    left: Vec<Option<u32>>,
    /// Whether the thread has entered the span of a task.
    has_polled: bool,
    told: Vec<(u32, String)>,
}

impl Model {
    fn tell(&mut self, task: usize, word: &str) {
        self.told.push((u32::try_from(task).expect("few"), word.to_owned()));
    }

    fn step(&mut self, tasks: &mut Vec<Task>, step: Step) {
        let place = |number: usize| number % tasks.len().max(1);
        match step {
            Step::Spawn { pending: times } => {
                self.tell(tasks.len(), "spawn");
                self.left.push(Some(times));
                tasks.push(Task::spawn(3, pending(times)));
            }
            Step::Poll(number) | Step::Wake(number) | Step::Cancel(number) => {
                let task = place(number);
                let Some(Some(left)) = self.left.get(task).copied() else { return };
                match step {
                    Step::Poll(_) => {
                        tasks[task].poll();
                        self.has_polled = true;
                        self.tell(task, "poll");
                        self.left[task] = left.checked_sub(1);
                        self.tell(task, if left == 0 { "complete" } else { "pending" });
                    }
                    Step::Wake(_) => {
                        tasks[task].wake();
                        self.tell(task, if self.has_polled { "wake by Runtime" } else { "wake by Thread" });
                    }
                    Step::Spawn { .. } | Step::Cancel(_) => {
                        // A drop right after a poll would look as if the future had returned.
                        tasks[task].wake();
                        self.tell(task, if self.has_polled { "wake by Runtime" } else { "wake by Thread" });
                        tasks[task].cancel();
                        self.has_polled = true;
                        self.left[task] = None;
                        self.tell(task, "cancel");
                    }
                }
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn a_recording_says_what_happened(steps in vec(step(), 0..60)) {
        let told = Told::new();
        let mut tasks = Vec::new();
        let mut model = Model::default();
        told.in_it(|| steps.into_iter().for_each(|step| model.step(&mut tasks, step)));
        let run = told.run();
        let recorded: Vec<_> = run.events.iter().map(|event| (event.task, word(event))).collect();
        told.in_it(|| drop(tasks));
        prop_assert_eq!(recorded, model.told);
    }

    #[test]
    fn any_part_of_a_run_is_a_recording(steps in vec(step(), 0..60), events in 1..200_u32) {
        for keep in [Options::last_events, Options::first_events] {
            let told = Told::with(|options| keep(options, events));
            let mut tasks = Vec::new();
            let mut model = Model::default();
            told.in_it(|| steps.iter().for_each(|step| model.step(&mut tasks, *step)));
            told.run();
            told.in_it(|| drop(tasks));
            told.run();
        }
    }
}
