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
