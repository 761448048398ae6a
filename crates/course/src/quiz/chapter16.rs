//! Chapter 16, async in traits and closures.

use super::{Answer, time, times};
use crate::chapters::traits::closures::buys_paint;
use crate::chapters::traits::painters::{Hasty, Patient, listed};
use crate::watch;

pub(super) fn answers() -> Vec<Answer> {
    vec![
        Answer { name: "chapter16::paint_at_the_fourth_time", text: paint_at_the_fourth_time },
        Answer { name: "chapter16::patient_and_hasty", text: patient_and_hasty },
    ]
}

fn paint_at_the_fourth_time() -> String {
    time(watch("the fourth time", buys_paint(4)).took())
}

fn patient_and_hasty() -> String {
    times(&watch("patient and hasty", listed(vec![Box::new(Patient), Box::new(Hasty)])).result())
}

/// `hire` compiles without that painter, and the `impl` of that painter does not compile without `hire`:
/// ```
/// fn spawn(_task: impl Future + Send + 'static) {}
/// trait Painter { fn paint(&self) -> impl Future<Output = ()> + Send; }
/// fn hire(painter: impl Painter + Send + Sync + 'static) {
///     spawn(async move { painter.paint().await });
/// }
/// ```
/// ```compile_fail
/// trait Painter { fn paint(&self) -> impl Future<Output = ()> + Send; }
/// impl Painter for () {
///     async fn paint(&self) {
///         let paint = std::rc::Rc::new("blue");
///         std::future::ready(()).await;
///         println!("{paint}");
///     }
/// }
/// ```
/// Without the `Rc` that `impl` compiles:
/// ```
/// trait Painter { fn paint(&self) -> impl Future<Output = ()> + Send; }
/// impl Painter for () {
///     async fn paint(&self) {
///         std::future::ready(()).await;
///     }
/// }
/// ```
#[cfg(doctest)]
struct WhereTheErrorIs;

/// Only the last one compiles:
/// ```compile_fail,E0038
/// trait Painter { async fn paint(&self); }
/// fn hire(_painter: &dyn Painter) {}
/// ```
/// ```compile_fail,E0038
/// trait Painter { fn paint(&self) -> impl Future<Output = ()> + Send; }
/// fn hire(_painter: &dyn Painter) {}
/// ```
/// ```compile_fail,E0038
/// trait Painter { fn paint(&self, job: impl AsyncFn()); }
/// fn hire(_painter: &dyn Painter) {}
/// ```
/// ```
/// use std::pin::Pin;
/// trait Painter { fn paint(&self) -> Pin<Box<dyn Future<Output = ()> + Send + '_>>; }
/// fn hire(_painter: &dyn Painter) {}
/// ```
#[cfg(doctest)]
struct WhichFunctionIsForDyn;

/// An `async` block may change a variable that it borrows:
/// ```
/// let mut asked = 0;
/// let asks = async { asked += 1 };
/// # drop(asks);
/// ```
/// The future of such a closure cannot borrow from the closure if all calls have futures of one type, and can with `AsyncFnMut`:
/// ```compile_fail
/// fn retry<T: Future<Output = ()>>(_attempt: impl FnMut() -> T) {}
/// let mut asked = 0;
/// retry(|| async { asked += 1 });
/// ```
/// ```
/// fn retry(_attempt: impl AsyncFnMut()) {}
/// let mut asked = 0;
/// retry(async || asked += 1);
/// ```
/// The closure is `Send`:
/// ```
/// fn is_send(_closure: impl Send) {}
/// let mut asked = 0;
/// is_send(async || asked += 1);
/// ```
#[cfg(doctest)]
struct WhyNotFnMut;
