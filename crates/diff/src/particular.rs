//! What is particular to each runtime: the table from which differences are explained.

/// A runtime, as far as its particulars can make a program behave differently.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Particular {
    /// Its name in recordings.
    pub(crate) name: &'static str,
    /// Whether dropping the handle of a task cancels it. Otherwise the task is detached.
    pub(crate) cancels_on_drop: bool,
    /// What happens to a task that yields.
    pub(crate) yields: &'static str,
    /// When the main task is polled.
    pub(crate) main: &'static str,
    /// Whether a thread runs the task that was made or woken last before the others.
    pub(crate) has_slot: bool,
    /// Whether a poll has a budget of operations.
    pub(crate) has_budget: bool,
    /// How exact its timers are.
    pub(crate) timers: &'static str,
}

impl Particular {
    /// Whether the main task has a thread of its own.
    pub(crate) fn has_thread_for_main(&self) -> bool {
        self.main == OWN_THREAD
    }
}

const TO_THE_BACK: &str = "puts a task that yields at the back of its queue";
const OWN_THREAD: &str = "polls main on a thread of its own";
const EXACT: &str = "has exact timers";
const MILLISECONDS: &str = "counts in milliseconds";

const TABLE: [Particular; 8] = [
    Particular { name: "blocking", main: "has no main task", ..WITHOUT_TASKS },
    Particular { name: "threads", main: "has no main task", ..WITHOUT_TASKS },
    Particular {
        name: "generator",
        cancels_on_drop: false,
        yields: TO_THE_BACK,
        main: "keeps main in its queue, as any other task",
        has_slot: false,
        has_budget: false,
        timers: EXACT,
    },
    Particular {
        name: "tokio",
        cancels_on_drop: false,
        yields: "sets a task that yields aside, and later runs the one that it set aside last first",
        main: "polls main when its queue is empty, at the latest after 61 turns of other tasks",
        has_slot: false,
        has_budget: true,
        timers: MILLISECONDS,
    },
    Particular {
        name: "tokio-multi",
        cancels_on_drop: false,
        yields: "sets a task that yields aside until its worker has checked the timers",
        main: OWN_THREAD,
        has_slot: true,
        has_budget: true,
        timers: MILLISECONDS,
    },
    Particular {
        name: "async-std",
        cancels_on_drop: false,
        yields: TO_THE_BACK,
        main: OWN_THREAD,
        has_slot: false,
        has_budget: false,
        timers: EXACT,
    },
    Particular {
        name: "smol",
        cancels_on_drop: true,
        yields: TO_THE_BACK,
        main: "polls main when its queue is empty, at the latest after 200 turns of other tasks",
        has_slot: false,
        has_budget: false,
        timers: EXACT,
    },
    Particular {
        name: "smol-global",
        cancels_on_drop: true,
        yields: TO_THE_BACK,
        main: OWN_THREAD,
        has_slot: false,
        has_budget: false,
        timers: EXACT,
    },
];

/// The rows that use the standard library alone.
const WITHOUT_TASKS: Particular = Particular {
    name: "",
    cancels_on_drop: false,
    yields: "has no tasks that yield",
    main: "has no main task",
    has_slot: false,
    has_budget: false,
    timers: EXACT,
};

/// The particulars of the runtime with this name, if it is one that is built in.
pub(crate) fn of(name: &str) -> Option<&'static Particular> {
    TABLE.iter().find(|particular| particular.name == name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use paintdry_core::Runtime;

    fn agrees<R: Runtime>() {
        let particular = of(R::NAME).expect("each runtime that is built in has a row");
        assert_eq!(particular.cancels_on_drop, R::CANCELS_ON_DROP, "{}", R::NAME);
        let threads = R::start().threads();
        let main = R::start().run_until_complete(async {
            let here = std::thread::current().id();
            R::spawn(async move { std::thread::current().id() == here }).await
        });
        let is_apart = main.is_ok_and(|is_here| !is_here);
        assert_eq!(particular.has_thread_for_main(), is_apart, "{} on {threads} threads", R::NAME);
    }

    #[test]
    fn the_table_says_what_the_runtimes_do() {
        agrees::<paintdry_generator::EventLoop>();
        agrees::<paintdry_tokio::CurrentThread>();
        agrees::<paintdry_tokio::MultiThread>();
        agrees::<paintdry_async_std::Global>();
        agrees::<paintdry_smol::Local>();
        agrees::<paintdry_smol::Global>();
    }
}
