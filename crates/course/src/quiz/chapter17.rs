//! Chapter 17, time limits and graceful shutdown.

use super::{Answer, time};
use crate::chapters::shutdown::{deadlines, draining, left, lost};
use crate::{seconds, watch, watch_on};
use paintdry_core::Runtime;
use paintdry_generator::EventLoop;

pub(super) fn answers() -> Vec<Answer> {
    vec![
        Answer { name: "chapter17::a_limit_for_each_step", text: a_limit_for_each_step },
        Answer { name: "chapter17::tries_before_a_deadline", text: tries_before_a_deadline },
        Answer { name: "chapter17::a_handle_dropped_while_it_dries", text: a_handle_dropped_while_it_dries },
        Answer { name: "chapter17::a_workshop_with_a_fresco", text: a_workshop_with_a_fresco },
        Answer { name: "chapter17::left_when_main_ends", text: left_when_main_ends },
    ]
}

fn a_limit_for_each_step() -> String {
    time(watch("a limit for each step", deadlines::limit_for_each()).took())
}

fn tries_before_a_deadline() -> String {
    watch("tries before a deadline", deadlines::deadline_for_all_tries()).result().to_string()
}

fn a_handle_dropped_while_it_dries() -> String {
    fn place<R: Runtime>() -> &'static str {
        let program = lost::place_of_the_canvas::<R>(lost::Stop::Drop, lost::MOMENTS[2]);
        watch_on::<R, _>(R::NAME, program).result()
    }
    let (tokio, smol) = (place::<paintdry_tokio::CurrentThread>(), place::<paintdry_smol::Local>());
    format!("On tokio it is {tokio}, on smol it is {smol}")
}

fn a_workshop_with_a_fresco() -> String {
    let program = draining::drains::<EventLoop>(draining::WITH_A_FRESCO, seconds(5));
    format!("At {}", time(watch("a workshop with a fresco", program).took()))
}

fn left_when_main_ends() -> String {
    let is_dropped = |is: bool| if is { "yes" } else { "no" };
    let tokio = is_dropped(left::is_dropped_with_its_runtime::<paintdry_tokio::MultiThread>());
    let async_std = is_dropped(left::is_dropped_with_its_runtime::<paintdry_async_std::Global>());
    format!("On tokio {tokio}, on async-std {async_std}")
}
