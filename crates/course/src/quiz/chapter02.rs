//! Chapter 2, generators.

use super::{Answer, time};
use crate::chapters::generators::{Painter, painters};
use crate::{now, seconds, sleep_blocking, watch_blocking};
use paintdry_generator::{Generator, GeneratorState};
use std::time::Duration;

pub(super) fn answers() -> Vec<Answer> {
    vec![
        Answer { name: "chapter02::first_resume", text: first_resume },
        Answer { name: "chapter02::impatient", text: impatient },
        Answer { name: "chapter02::dropped", text: dropped },
        Answer { name: "chapter02::no_field_for_the_name", text: no_field_for_the_name },
        Answer { name: "chapter02::slow_caller", text: slow_caller },
    ]
}

/// What a painter yields when it is resumed twice at once, and when.
fn resumed_twice() -> [(GeneratorState<()>, Duration); 2] {
    let seen = watch_blocking("resumed twice", || {
        let mut painter = Painter::Blank { name: "sky" };
        [(); 2].map(|()| (painter.resume(), now()))
    });
    seen.result()
}

fn first_resume() -> String {
    let [(state, at), _] = resumed_twice();
    format!("{state:?} at {}", time(at))
}

fn impatient() -> String {
    match resumed_twice() {
        [(GeneratorState::Yielded(first), _), (GeneratorState::Yielded(second), at)] if first == second => {
            format!("The painter yields {second:?} again, still at {}", time(at))
        }
        other => format!("{other:?}"),
    }
}

fn dropped() -> String {
    let seen = watch_blocking("dropped", || {
        let mut painter = Painter::Blank { name: "sky" };
        let _ = painter.resume();
        drop(painter);
        sleep_blocking(seconds(5));
    });
    seen.said().join("\n")
}

fn slow_caller() -> String {
    let seen = watch_blocking("a slow caller", || {
        let mut painters = Vec::from(painters());
        loop {
            painters.retain_mut(|painter| matches!(painter.resume(), GeneratorState::Yielded(_)));
            if painters.is_empty() {
                return;
            }
            sleep_blocking(seconds(3));
        }
    });
    time(seen.took())
}

fn no_field_for_the_name() -> String {
    let seen = watch_blocking("the name", || {
        let mut painter = Painter::Blank { name: "sky" };
        let _ = painter.resume();
        painter
    });
    match seen.result() {
        // All its fields: with another one, this would not compile.
        Painter::Drying { canvas } if canvas.name() == "sky" => "Its canvas has the name".to_owned(),
        other => format!("{other:?}"),
    }
}
