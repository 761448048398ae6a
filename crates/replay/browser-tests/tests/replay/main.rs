//! The replay page in a real browser.

mod browser;
mod every;
mod fold;
mod steps;

mod access;
mod alone;
mod axe;
mod book;
mod broken;
mod contrast;
mod controls;
mod crowd;
mod events;
mod fragment;
mod hostile;
mod keys;
mod lab;
mod lab_recorded;
mod lab_work;
mod lanes;
mod large;
mod locks;
mod long;
mod looks;
mod picture;
mod places;
mod play;
mod pointer;
mod predict;
mod repairs;
mod sizes;
mod stage;
mod stage_controls;
mod stage_pictures;
mod wakes;
