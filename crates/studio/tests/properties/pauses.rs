//! Pauses within pauses, drawn at random: in virtual time each takes exactly as long as it says, on every runtime.

use crate::hold::holds;
use crate::ways::{Way, ways};
use futures::future::{AbortHandle, Abortable, Either, join_all, select, select_all};
use futures::stream::{FuturesUnordered, StreamExt};
use paintdry_core::Runtime;
use paintdry_studio::{Clock, Studio, now};
use proptest::collection::vec;
use proptest::prelude::{Just, Strategy, prop_oneof};
use std::pin::Pin;
use std::time::Duration;

const MILLISECOND: Duration = Duration::from_millis(1);

#[derive(Debug, Clone)]
enum Pause {
    Yield,
    /// For this many milliseconds.
    Sleep(u8),
    /// In a task of its own, which is joined.
    Spawned(Box<Pause>),
    /// One after the other.
    Sequence(Vec<Pause>),
    /// Until all are over: those of the first kind are polled with the task's waker, those of the others with wakers of their own.
    Both(Box<(Pause, Pause)>),
    All(Vec<Pause>),
    Unordered(Vec<Pause>),
    /// Until the first is over.
    First(Vec<Pause>),
    /// With a limit in milliseconds.
    Within(u8, Box<Pause>),
    /// Of several tasks together.
    Way(Way),
}

fn pauses() -> impl Strategy<Value = Pause> {
    let leaf = prop_oneof![
        3 => Just(Pause::Yield),
        2 => (0..3_u8).prop_map(Pause::Sleep),
        4 => ways().prop_map(Pause::Way),
    ];
    leaf.prop_recursive(5, 16, 3, |inner| {
        let some = vec(inner.clone(), 1..4);
        prop_oneof![
            3 => inner.clone().prop_map(|pause| Pause::Spawned(Box::new(pause))),
            2 => some.clone().prop_map(Pause::Sequence),
            2 => (inner.clone(), inner.clone()).prop_map(|both| Pause::Both(Box::new(both))),
            1 => some.clone().prop_map(Pause::All),
            3 => some.clone().prop_map(Pause::Unordered),
            2 => some.prop_map(Pause::First),
            3 => (0..4_u8, inner).prop_map(|(limit, pause)| Pause::Within(limit, Box::new(pause))),
        ]
    })
}

impl Pause {
    /// How long it takes, in milliseconds.
    fn length(&self) -> u32 {
        match self {
            Self::Yield => 0,
            Self::Sleep(length) => u32::from(*length),
            Self::Spawned(pause) => pause.length(),
            Self::Sequence(pauses) => pauses.iter().map(Self::length).sum(),
            Self::Both(both) => both.0.length().max(both.1.length()),
            Self::All(pauses) | Self::Unordered(pauses) => pauses.iter().map(Self::length).max().unwrap_or(0),
            Self::First(pauses) => pauses.iter().map(Self::length).min().unwrap_or(0),
            Self::Within(limit, pause) => pause.length().min(u32::from(*limit)),
            Self::Way(way) => way.length(),
        }
    }

    /// Pauses on the runtime. (In a box, because it contains itself.)
    fn on<R: Runtime>(self) -> Pin<Box<dyn Future<Output = ()> + Send>> {
        Box::pin(async move {
            match self {
                Self::Yield => R::yield_now().await,
                Self::Sleep(length) => R::sleep(MILLISECOND * u32::from(length)).await,
                Self::Spawned(pause) => {
                    let (cancel, cancelled) = AbortHandle::new_pair();
                    let task = R::spawn(Abortable::new(pause.on::<R>(), cancelled));
                    let _cancel = CancelOnDrop(cancel);
                    task.await.expect("no task panics").expect("it is cancelled only when nobody joins it");
                }
                Self::Sequence(pauses) => {
                    for pause in pauses {
                        pause.on::<R>().await;
                    }
                }
                Self::Both(both) => _ = futures::future::join(both.0.on::<R>(), both.1.on::<R>()).await,
                Self::All(pauses) => _ = join_all(pauses.into_iter().map(Self::on::<R>)).await,
                Self::Unordered(pauses) => {
                    let mut left: FuturesUnordered<_> = pauses.into_iter().map(Self::on::<R>).collect();
                    while left.next().await.is_some() {}
                }
                Self::First(pauses) => _ = select_all(pauses.into_iter().map(Self::on::<R>)).await,
                Self::Within(limit, pause) => {
                    let limit = Box::pin(R::sleep(MILLISECOND * u32::from(limit)));
                    match select(pause.on::<R>(), limit).await {
                        Either::Left(_) | Either::Right(_) => {}
                    }
                }
                Self::Way(way) => way.on::<R>().await,
            }
        })
    }
}

struct CancelOnDrop(AbortHandle);

impl Drop for CancelOnDrop {
    fn drop(&mut self) {
        self.0.abort();
    }
}

fn takes_its_time<R: Runtime>(pause: &Pause) -> Result<(), String> {
    let watched = Studio::<R>::new(Clock::Virtual).run(async {
        pause.clone().on::<Studio<R>>().await;
        now()
    });
    let (took, expected) = (watched.result.map_err(|stalled| stalled.to_string())?, MILLISECOND * pause.length());
    if took == expected { Ok(()) } else { Err(format!("{took:?} instead of {expected:?} on {}", R::NAME)) }
}

#[test]
fn a_pause_takes_its_time_on_every_runtime() {
    holds(&pauses(), 200, |pause| {
        takes_its_time::<paintdry_generator::EventLoop>(pause)?;
        takes_its_time::<paintdry_tokio::CurrentThread>(pause)?;
        takes_its_time::<paintdry_tokio::MultiThread>(pause)?;
        takes_its_time::<paintdry_async_std::Global>(pause)?;
        takes_its_time::<paintdry_smol::Local>(pause)?;
        takes_its_time::<paintdry_smol::Global>(pause)
    });
}
