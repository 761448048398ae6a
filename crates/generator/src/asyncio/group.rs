//! A task group: tasks that end before the scope in which they were created does.

use crate::asyncio::notice::Notice;
use crate::asyncio::unrolled::unrolled;
use crate::coroutine::IntoCoroutine;
use crate::panics::{FirstPanic, drop_ended};
use crate::shared::{Shared, with_current};
use crate::table::TaskId;
use crate::task::Coroutine;
use crate::{Error, GeneratorState, LoopFuture, Request};
use slab::Slab;
use std::cell::{Cell, RefCell};
use std::fmt;
use std::future::poll_fn;
use std::pin::{Pin, pin};
use std::rc::{Rc, Weak};
use std::task::{Context, Poll};

/// Runs `body`, which gets a group to create tasks in, and waits for it and for all tasks of the group: asyncio's
/// `TaskGroup`. When it ends, for any reason, none of its tasks is left.
///
/// The first failure, of a task or of the body, cancels all the others at once. A task fails when it returns an
/// `Err` or panics; a task that is cancelled by its own handle does not fail. Dropping the returned future cancels all
/// tasks; a panic in a task's destructor goes to the code that drops the group.
///
/// # Errors
/// The error of the first failure. There is never a second one, because the others are dropped. A panic
/// comes as [`Error::Panicked`], so `E` must be made from an [`Error`]. `E` is the error of the tasks. If they leave it open, write
/// `async |group: TaskGroup| …` for the loop's own.
///
/// # Panics
/// If it is polled where no event loop runs, or if a task has panicked and the conversion of [`Error::Panicked`] to `E` panics.
///
/// ```
/// use paintdry_generator::{Error, EventLoop, TaskGroup, task_group, yield_now};
///
/// async fn double(n: i32) -> Result<i32, Error> {
///     yield_now().await;
///     Ok(n * 2)
/// }
///
/// let event_loop = EventLoop::new();
/// let sum = event_loop.run_until_complete(task_group(async |group| {
///     let (a, b) = (group.create_task(double(1))?, group.create_task(double(2))?);
///     Ok(a.await? + b.await?)
/// }))?;
/// assert_eq!(sum, Ok(6));
///
/// // Here no task says what its error is, so the group says it: the loop's own.
/// let sum = event_loop.run_until_complete(task_group(async |group: TaskGroup| {
///     group.create_task(async { Ok(yield_now().await) })?.await?;
///     Ok(7)
/// }))?;
/// assert_eq!(sum, Ok(7));
/// # Ok::<(), Error>(())
/// ```
pub async fn task_group<T, E, B>(body: B) -> Result<T, E>
where
    E: From<Error> + 'static,
    B: AsyncFnOnce(TaskGroup<E>) -> Result<T, E>,
{
    let event_loop = with_current("a task group begins", Rc::downgrade);
    let scope = Scope(TaskGroup { inner: Rc::new(Inner::new(event_loop)) });
    let group = &scope.0.inner;
    let mut body = pin!(body(scope.0.clone()));
    let mut value = None;
    poll_fn(|context| {
        group.notice.register(context.waker());
        if let Some(failure) = group.failure.take() {
            return Poll::Ready(Err(failure.unwrap_or_else(E::from)));
        }
        if value.is_none()
            && let Poll::Ready(result) = body.as_mut().poll(context)
        {
            match result {
                Ok(result) => {
                    value = Some(result);
                    group.body_has_ended.set(true);
                }
                Err(failure) => {
                    group.fail(Ok(failure)); // and in the next turn, when none of its tasks is left, the scope ends
                    return Poll::Pending;
                }
            }
        }
        match value.take_if(|_| group.tasks.borrow().is_empty()) {
            Some(value) => Poll::Ready(Ok(value)),
            None => Poll::Pending,
        }
    })
    .await
}

/// Where the tasks of a [`task_group`] are created. A clone is the same group, so that its tasks can create others in it. Without
/// a type of your own, its error is the loop's.
pub struct TaskGroup<E = Error> {
    inner: Rc<Inner<E>>,
}

struct Inner<E> {
    event_loop: Weak<Shared>,
    /// The tasks that have not ended.
    tasks: RefCell<Slab<TaskId>>,
    /// Its own error, or the loop's, which the scope turns into its own: if that panics, the panic is the scope's.
    failure: Cell<Option<Result<E, Error>>>,
    has_ended: Cell<bool>,
    /// Whether the scope waits for the tasks alone.
    body_has_ended: Cell<bool>,
    /// For the scope: all tasks have ended, or one has failed.
    notice: Notice,
}

impl<E: From<Error> + 'static> TaskGroup<E> {
    /// Makes a task of a generator or a future. It belongs to the group, and is ready at once. Dropping the returned handle
    /// changes nothing. If the task fails, its error is the group's, and the future returns [`Error::Cancelled`], or
    /// [`Error::Panicked`] after a panic.
    ///
    /// # Errors
    /// [`Error::GroupEnded`] if the scope has ended or a task has failed; [`Error::Closed`] if the loop is gone.
    pub fn create_task<T: 'static, C, const IS_ASYNC: bool>(&self, coroutine: C) -> Result<LoopFuture<T>, Error>
    where
        C: IntoCoroutine<IS_ASYNC, Return = Result<T, E>> + 'static,
    {
        if self.inner.has_ended.get() {
            return Err(Error::GroupEnded);
        }
        let event_loop = self.inner.event_loop.upgrade().ok_or(Error::Closed)?;
        let membership = Membership { key: self.inner.tasks.borrow().vacant_key(), group: Rc::clone(&self.inner) };
        let member = Member { coroutine: Some(coroutine.into_coroutine()), membership };
        let task = LoopFuture::of_task(&event_loop, member)?;
        self.inner.tasks.borrow_mut().insert(task.id());
        Ok(task)
    }
}

impl<E: From<Error>> Inner<E> {
    fn new(event_loop: Weak<Shared>) -> Self {
        let (tasks, failure, has_ended, body_has_ended, notice) = Default::default();
        Self { event_loop, tasks, failure, has_ended, body_has_ended, notice }
    }

    /// Notes the failure, and cancels all tasks.
    fn fail(&self, failure: Result<E, Error>) {
        self.failure.set(Some(failure)); // the only one: no task of the group runs after this
        self.cancel_all().discard();
        self.notice.notify();
    }

    /// Cancels every task that has not ended, even if the drop of one panics. Returns the first of these panics: it is lost
    /// if there is a failure already, and otherwise goes to the code that drops the whole group.
    fn cancel_all(&self) -> FirstPanic {
        self.has_ended.set(true);
        let tasks = self.tasks.take(); // all at once: a destructor may use the group
        let mut panic = FirstPanic::default();
        for (_, task) in tasks {
            let Some(event_loop) = self.event_loop.upgrade() else { break };
            panic.catch(|| _ = event_loop.cancel(task));
        }
        panic
    }
}

/// Ends the group on drop, however its scope is left.
struct Scope<E: From<Error> + 'static>(TaskGroup<E>);

impl<E: From<Error> + 'static> Drop for Scope<E> {
    fn drop(&mut self) {
        let group = Rc::clone(&self.0.inner);
        unrolled(move || group.cancel_all().rethrow());
    }
}

pin_project_lite::pin_project! {
    /// A task of the group.
    struct Member<C, E: From<Error>> {
        #[pin]
        coroutine: Option<C>,
        membership: Membership<E>,
    }
}

impl<T, C: Coroutine<Return = Result<T, E>>, E: From<Error>> Coroutine for Member<C, E> {
    type Return = T;

    fn resume(self: Pin<&mut Self>, context: &mut Context<'_>) -> GeneratorState<T> {
        let mut this = self.project();
        let Some(coroutine) = this.coroutine.as_mut().as_pin_mut() else {
            return GeneratorState::Yielded(Request::Wait);
        };
        let result = match coroutine.resume(context) {
            GeneratorState::Yielded(request) => return GeneratorState::Yielded(request),
            GeneratorState::Complete(result) => result,
        };
        // Now, while a panic of its destructor is still this task's.
        match drop_ended(Ok(result), || this.coroutine.set(None)) {
            Ok(value) => GeneratorState::Complete(value),
            Err(failure) => {
                this.membership.group.fail(Ok(failure)); // this cancels its own task as well, which ends at this yield
                GeneratorState::Yielded(Request::Wait)
            }
        }
    }

    fn panicked(self: Pin<&mut Self>, message: &str) {
        let membership = self.project().membership;
        membership.leave();
        membership.group.fail(Err(Error::Panicked(message.to_owned())));
    }
}

/// A task's place in the group, which it leaves at its end.
struct Membership<E: From<Error>> {
    key: usize,
    group: Rc<Inner<E>>,
}

impl<E: From<Error>> Membership<E> {
    fn leave(&self) {
        let mut tasks = self.group.tasks.borrow_mut();
        tasks.try_remove(self.key);
        let is_last = tasks.is_empty();
        drop(tasks);
        // Earlier, the wake would let the body run before its turn.
        if is_last && self.group.body_has_ended.get() {
            self.group.notice.notify();
        }
    }
}

impl<E: From<Error>> Drop for Membership<E> {
    fn drop(&mut self) {
        self.leave();
    }
}

impl<E> Clone for TaskGroup<E> {
    fn clone(&self) -> Self {
        Self { inner: Rc::clone(&self.inner) }
    }
}

impl<E> fmt::Debug for TaskGroup<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TaskGroup").field("tasks", &self.inner.tasks.borrow().len()).finish_non_exhaustive()
    }
}
