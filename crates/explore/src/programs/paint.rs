//! The course's second job under every order: painters who look at their canvases at the same times.

use crate::now;
use paintdry_core::{Canvas, Runtime};
use std::time::Duration;

/// `painters` painters who look `looks` times: each canvas is dry to the moment, in every order.
pub async fn paint<R: Runtime>(painters: u32, looks: u32) {
    let poll = Duration::from_millis(500);
    let drying = poll * looks.saturating_sub(1);
    let paint = |_| paintdry_core::paint(Canvas::new(drying), 1, poll, now, R::sleep);
    for painted in paintdry_core::gather::<R, _>((0..painters).map(paint)).await {
        let painted = painted.expect("no painter panics");
        assert_eq!((painted.dry_at, painted.looks), (drying, u64::from(looks)));
    }
}
