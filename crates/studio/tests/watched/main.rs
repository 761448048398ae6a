//! The studio on every runtime.

/// Calls a function that is generic over its runtime with each of them, all at the same time, because some wait for the
/// watchdog. (A list of types is nothing that a function takes.)
macro_rules! on_every_runtime {
    ($function:ident) => {
        std::thread::scope(|scope| {
            scope.spawn($function::<paintdry_generator::EventLoop>);
            scope.spawn($function::<paintdry_tokio::CurrentThread>);
            scope.spawn($function::<paintdry_tokio::MultiThread>);
            scope.spawn($function::<paintdry_async_std::Global>);
            scope.spawn($function::<paintdry_smol::Local>);
            scope.spawn($function::<paintdry_smol::Global>);
        });
    };
}

mod conformance;
mod edges;
mod recorder;
mod trace;
mod virtual_time;
mod watchdog;
