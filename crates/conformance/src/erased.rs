//! A runtime whose type is erased, so that the checks are compiled once, here, and not for each runtime.

use paintdry_core::{Runtime, TaskError};
use std::any::Any;
use std::cell::Cell;
use std::marker::PhantomData;
use std::pin::{Pin, pin};
use std::task::{Context, Poll};
use std::time::Duration;

type AnyFuture<T> = Pin<Box<dyn Future<Output = T> + Send>>;
type AnyValue = Box<dyn Any + Send>;

/// The type of a runtime, as functions.
pub(crate) struct Type {
    pub(crate) cancels_on_drop: bool,
    start: fn() -> Box<dyn Started>,
    spawn: fn(AnyFuture<AnyValue>) -> AnyFuture<Result<AnyValue, TaskError>>,
    sleep: fn(Duration) -> AnyFuture<()>,
    yield_now: fn() -> AnyFuture<()>,
}

trait Started {
    fn threads(&self) -> usize;
    fn run(&self, main: Pin<&mut dyn Future<Output = ()>>);
}

impl<R: Runtime> Started for R {
    fn threads(&self) -> usize {
        R::threads(self)
    }

    fn run(&self, main: Pin<&mut dyn Future<Output = ()>>) {
        self.run_until_complete(main);
    }
}

pub(crate) fn type_of<R: Runtime>() -> &'static Type {
    &const {
        Type {
            cancels_on_drop: R::CANCELS_ON_DROP,
            start: || Box::new(R::start()),
            spawn: |future| Box::pin(R::spawn(future)),
            sleep: |duration| Box::pin(R::sleep(duration)),
            yield_now: || Box::pin(R::yield_now()),
        }
    }
}

thread_local! {
    /// The runtime that the code on this thread runs on.
    static CURRENT: Cell<Option<&'static Type>> = const { Cell::new(None) };
}

fn current() -> &'static Type {
    CURRENT.get().expect("a check uses its runtime outside a task")
}

impl Type {
    /// Calls `function`, in which [`Erased`] is this runtime.
    pub(crate) fn enter<T>(&'static self, function: impl FnOnce() -> T) -> T {
        struct Leave(Option<&'static Type>);
        impl Drop for Leave {
            fn drop(&mut self) {
                CURRENT.set(self.0);
            }
        }
        let _leave = Leave(CURRENT.replace(Some(self)));
        function()
    }
}

/// The runtime that was [entered](Type::enter). Its tasks and handles are those of the real runtime, in boxes.
pub(crate) struct Erased<const CANCELS_ON_DROP: bool>(Box<dyn Started>);

impl<const CANCELS_ON_DROP: bool> Runtime for Erased<CANCELS_ON_DROP> {
    const NAME: &'static str = "erased";
    const CANCELS_ON_DROP: bool = CANCELS_ON_DROP;
    type Task<T: Send + 'static> = Task<T>;

    fn start() -> Self {
        Self((current().start)())
    }

    fn threads(&self) -> usize {
        self.0.threads()
    }

    fn run_until_complete<F: Future>(&self, future: F) -> F::Output {
        let mut output = None;
        self.0.run(pin!(Within::new(async { output = Some(future.await) }, |()| ())));
        output.expect("run_until_complete returned before the main future was complete")
    }

    fn spawn<F>(future: F) -> Self::Task<F::Output>
    where
        F: Future + Send + 'static,
        F::Output: Send + 'static,
    {
        Task {
            handle: (current().spawn)(Box::pin(Within::new(future, |output| Box::new(output) as AnyValue))),
            result: PhantomData,
        }
    }

    fn sleep(duration: Duration) -> impl Future<Output = ()> + Send + 'static {
        (current().sleep)(duration)
    }

    fn yield_now() -> impl Future<Output = ()> + Send + 'static {
        (current().yield_now)()
    }
}

/// Enters its runtime for each poll and for the drop of a future, because a worker thread may serve several runtimes. It keeps
/// the future after its end, because the checks test whether the runtime drops it.
struct Within<F: Future, T> {
    runtime: &'static Type,
    future: Option<Pin<Box<F>>>,
    finish: fn(F::Output) -> T,
}

impl<F: Future, T> Within<F, T> {
    fn new(future: F, finish: fn(F::Output) -> T) -> Self {
        Self { runtime: current(), future: Some(Box::pin(future)), finish }
    }
}

impl<F: Future, T> Future for Within<F, T> {
    type Output = T;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<T> {
        let (runtime, finish) = (self.runtime, self.finish);
        let future = self.future.as_mut().expect("it is there until it is dropped");
        runtime.enter(|| future.as_mut().poll(context)).map(finish)
    }
}

impl<F: Future, T> Drop for Within<F, T> {
    fn drop(&mut self) {
        let future = self.future.take();
        self.runtime.enter(|| drop(future));
    }
}

pub(crate) struct Task<T> {
    handle: AnyFuture<Result<AnyValue, TaskError>>,
    result: PhantomData<fn() -> T>,
}

impl<T: 'static> Future for Task<T> {
    type Output = Result<T, TaskError>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        let typed = |value: AnyValue| *value.downcast().expect("the value is the future's output");
        self.handle.as_mut().poll(context).map(|result| result.map(typed))
    }
}
