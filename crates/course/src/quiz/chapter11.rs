//! Chapter 11, measuring.

use super::Answer;
use crate::chapters::measuring::{beside, measured_wrongly};
use crate::{milliseconds, sleep, watch, work, yield_now};

pub(super) fn answers() -> Vec<Answer> {
    vec![
        Answer { name: "chapter11::two_halves", text: two_halves },
        Answer { name: "chapter11::not_polled", text: not_polled },
    ]
}

fn two_halves() -> String {
    let job = async {
        sleep(milliseconds(450)).await;
        work(milliseconds(500));
        yield_now().await;
        work(milliseconds(500));
    };
    format!("{} ms", watch("two halves", beside(job)).result().as_millis())
}

fn not_polled() -> String {
    let measured = watch("not polled", async { measured_wrongly() }).result();
    format!("{} canvases in {} s", measured.dry, measured.took.as_secs_f64())
}
