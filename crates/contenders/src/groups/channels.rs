//! A row of a group whose tasks talk through a channel: which runtime runs the tasks, and whose channel they have. The groups
//! differ in their tasks; how each runtime runs them is written here alone.

/// The rows of `$kit`'s tasks: `rows!(kit, job, { runtime "name" Library, how; ... })`. `how` may be empty.
macro_rules! rows {
    ($kit:ident, $job:expr, { $($runtime:ident $name:literal $library:ident, $how:expr;)+ }) => {
        vec![$($crate::groups::channels::row!($runtime, $name, $kit::<$library>, $job).how($how)),+]
    };
}
pub(super) use rows;

/// One of them.
macro_rules! row {
    (generator, $name:literal, $($task:tt)+) => {
        $crate::groups::channels::run!($name, 1, paintdry_generator::EventLoop::new(), |it, tasks| {
            $crate::by_hand::generator::run_joined(it, tasks)
        }, $($task)+)
    };
    (tokio, $name:literal, $($task:tt)+) => {
        $crate::groups::channels::run!($name, 1, $crate::by_hand::tokio::current_thread(), |it, tasks| {
            $crate::by_hand::tokio::run(it, tasks)
        }, $($task)+)
        .full()
    };
    (tokio_multi, $name:literal, $($task:tt)+) => {{
        let workers = $crate::groups::group::threads_of::<paintdry_tokio::MultiThread>();
        $crate::groups::channels::run!($name, workers, $crate::by_hand::tokio::multi_thread(), |it, tasks| {
            $crate::by_hand::tokio::run(it, tasks)
        }, $($task)+)
        .full()
    }};
    (async_std, $name:literal, $($task:tt)+) => {{
        let threads = $crate::groups::group::threads_of::<paintdry_async_std::Global>();
        $crate::groups::channels::run!($name, threads, (), |it, tasks| {
            let () = it;
            $crate::by_hand::async_std::run(tasks)
        }, $($task)+)
        .full()
    }};
    (smol, $name:literal, $($task:tt)+) => {
        $crate::groups::channels::run!($name, 1, ::smol::LocalExecutor::new(), |it, tasks| {
            $crate::by_hand::smol::run(it, tasks)
        }, $($task)+)
        .full()
    };
    (smol_global, $name:literal, $($task:tt)+) => {{
        let threads = $crate::groups::group::threads_of::<paintdry_smol::Global>();
        $crate::groups::channels::run!($name, threads, (), |it, tasks| {
            let () = it;
            $crate::by_hand::smol::run_global(tasks)
        }, $($task)+)
        .full()
    }};
}
pub(super) use row;

/// A contender that times `$run`, which is handed the tasks.
macro_rules! run {
    ($name:literal, $threads:expr, $state:expr, |$it:ident, $tasks:ident| $run:expr, $kit:ident::<$library:ident>, $job:expr) => {
        $crate::contender::contender!($name, $crate::contender::Kind::ByHand, $threads, $state, |$it, T| {
            $crate::kits::pass(|| {
                let $tasks = $crate::kits::$kit::tasks::<T, $library>($job);
                $run
            })
        })
    };
}
pub(super) use run;
