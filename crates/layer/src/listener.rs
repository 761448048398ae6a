//! The layer itself: hears what the runtime tells through `tracing`, and notes it.

use crate::fields::{ResourceFields, SpanFields, WakerFields};
use crate::log::Log;
use crate::record::What;
use crate::seen::{Claim, Kind, Resource, Site, Source, SpanKind, Task};
use crate::stack::InSpan;
use std::sync::Arc;
use tracing::span::{Attributes, Id};
use tracing::subscriber::Interest;
use tracing::{Event, Metadata, Subscriber};
use tracing_subscriber::layer::{Context, Layer};
use tracing_subscriber::registry::LookupSpan;

const TASK: &str = "runtime.spawn";
const RESOURCE: &str = "runtime.resource";
const WAKERS: [&str; 2] = ["tokio::task::waker", "runtime::waker"];
const POLLED: &str = "runtime::resource::poll_op";
const STATE: &str = "runtime::resource::state_update";
const CLAIM: &str = "runtime.resource.async_op";
const CLAIM_STATE: &str = "runtime::resource::async_op::state_update";

/// Whether a runtime tells here what the layer wants to know.
pub(crate) fn is_wanted(metadata: &Metadata<'_>) -> bool {
    if metadata.is_span() {
        return matches!(metadata.name(), TASK | RESOURCE | CLAIM);
    }
    let target = metadata.target();
    WAKERS.contains(&target) || [POLLED, STATE, CLAIM_STATE].contains(&target)
}

/// A layer that notes what runtimes tell.
#[derive(Debug)]
pub(crate) struct Listener {
    pub(crate) log: Arc<Log>,
}

impl<S: Subscriber + for<'a> LookupSpan<'a>> Layer<S> for Listener {
    fn register_callsite(&self, metadata: &'static Metadata<'static>) -> Interest {
        if is_wanted(metadata) { Interest::always() } else { Interest::never() }
    }

    fn enabled(&self, metadata: &Metadata<'_>, _: Context<'_, S>) -> bool {
        is_wanted(metadata)
    }

    fn on_new_span(&self, attributes: &Attributes<'_>, id: &Id, context: Context<'_, S>) {
        let Some(span) = context.span(id) else { return };
        let metadata = attributes.metadata();
        let mut fields = SpanFields::default();
        attributes.record(&mut fields);
        let seen = match metadata.name() {
            TASK if is_worker(&fields) => return,
            TASK => SpanKind::Task(self.new_task(fields, metadata)),
            RESOURCE => SpanKind::Resource(self.new_resource(fields)),
            CLAIM => match self.new_claim(parent(attributes, &context)) {
                Some(claim) => SpanKind::Claim(claim),
                None => return,
            },
            _ => return,
        };
        span.extensions_mut().insert(seen);
    }

    fn on_enter(&self, id: &Id, context: Context<'_, S>) {
        let Some(span) = context.span(id) else { return };
        match span.extensions().get::<SpanKind>() {
            Some(SpanKind::Task(task)) => self.log.enter_task(id.into_u64(), task),
            Some(SpanKind::Resource(resource)) => self.log.enter(id.into_u64(), InSpan::Resource(Arc::clone(resource))),
            Some(SpanKind::Claim(claim)) => {
                self.log.enter(id.into_u64(), InSpan::Claim { claim: Arc::clone(claim), is_ready: None });
            }
            None => {}
        }
    }

    fn on_exit(&self, id: &Id, _: Context<'_, S>) {
        self.log.exit(id.into_u64(), std::thread::panicking());
    }

    fn on_close(&self, id: Id, context: Context<'_, S>) {
        let Some(span) = context.span(&id) else { return };
        match span.extensions().get::<SpanKind>() {
            Some(SpanKind::Task(task)) => self.log.close(id.into_u64(), task),
            Some(SpanKind::Claim(claim)) if !claim.is_part && claim.resource.is_listed() => {
                self.log.note_here(&mut self.log.of_this_thread(), What::Dropped(Arc::clone(claim)));
            }
            _ => {}
        }
    }

    fn on_event(&self, event: &Event<'_>, context: Context<'_, S>) {
        match event.metadata().target() {
            POLLED | STATE | CLAIM_STATE => self.on_resource(event),
            target if WAKERS.contains(&target) => {
                let mut fields = WakerFields::default();
                event.record(&mut fields);
                if fields.is_wake && fields.span != 0 {
                    self.on_wake(&Id::from_u64(fields.span), &context);
                }
            }
            _ => {}
        }
    }
}

impl Listener {
    fn on_wake<S: Subscriber + for<'a> LookupSpan<'a>>(&self, id: &Id, context: &Context<'_, S>) {
        // A waker may outlive its task, and the span with it.
        let Some(span) = context.span(id) else { return };
        if let Some(SpanKind::Task(task)) = span.extensions().get::<SpanKind>() {
            self.log.wake(task.number);
        }
    }

    fn on_resource(&self, event: &Event<'_>) {
        let mut fields = ResourceFields::default();
        event.record(&mut fields);
        let thread = &mut *self.log.of_this_thread();
        if let Some(is_ready) = fields.is_ready {
            thread.stack.set_ready(is_ready);
        }
        // A claim that is polled here takes what there is. One that is not has been given something.
        if fields.has_permits
            && thread.stack.depth_of_claim() == 1
            && let Some(claim) = thread.stack.claim().map(Arc::clone)
        {
            self.log.note_here(thread, What::Notified(claim));
        }
        let Some(resource) = thread.stack.resource().map(Arc::clone) else { return };
        if let Some(duration) = fields.duration_ms.filter(|_| resource.is_sleep()) {
            self.log.note_here(thread, What::Sets(resource, u32::try_from(duration).unwrap_or(u32::MAX)));
        } else if let Some(change) = fields.change {
            self.log.note_here(thread, What::Changed(resource, change));
        }
    }

    /// A claim to the resource of its parent, or to the one that this thread is in.
    fn new_claim(&self, parent: Option<Arc<Resource>>) -> Option<Arc<Claim>> {
        let thread = self.log.of_this_thread();
        let resource = parent.or_else(|| thread.stack.resource().map(Arc::clone))?;
        // The semaphore inside a lock has no line that made it.
        let part_of = thread.stack.claim().filter(|_| resource.site.is_none()).map(|claim| claim.number);
        Some(self.log.new_claim(resource, part_of))
    }

    fn new_task(&self, fields: SpanFields, metadata: &Metadata<'_>) -> Arc<Task> {
        let (site, nth) = self.site(&fields).unzip();
        let kind = match fields.kind.as_deref() {
            Some("block_on") => Kind::BlockOn,
            Some("blocking") => Kind::Blocking,
            Some("local") => Kind::Local,
            _ => Kind::Task,
        };
        let source = match metadata.target() {
            target if target.starts_with("tokio::task") => Source::Tokio,
            "paintdry::task" => Source::Studio,
            _ => Source::Other,
        };
        self.log.runtime_is(|| runtime(metadata));
        let by = self.log.of_this_thread().stack.task();
        let name = fields.task_name.map(Into::into);
        self.log.new_task(|number, made_ns| Task {
            number,
            kind,
            source,
            name,
            site,
            nth: nth.unwrap_or(0),
            by,
            made_ns,
        })
    }

    fn new_resource(&self, fields: SpanFields) -> Arc<Resource> {
        let (site, nth) = self.site(&fields).unzip();
        let type_name = fields.concrete_type.unwrap_or_default().into();
        self.log.new_resource(|number| Resource { number, type_name, site, nth: nth.unwrap_or(0) })
    }

    fn site(&self, fields: &SpanFields) -> Option<(Arc<Site>, u32)> {
        fields.file.as_deref().map(|file| self.log.site(file, fields.line, fields.column))
    }
}

/// The resource whose span is named as the parent of a span.
fn parent<S: Subscriber + for<'a> LookupSpan<'a>>(
    attributes: &Attributes<'_>,
    context: &Context<'_, S>,
) -> Option<Arc<Resource>> {
    let span = context.span(attributes.parent()?)?;
    match span.extensions().get::<SpanKind>() {
        Some(SpanKind::Resource(resource)) => Some(Arc::clone(resource)),
        _ => None,
    }
}

/// Whether this is a worker thread of tokio, which tells of itself as of a blocking function.
fn is_worker(fields: &SpanFields) -> bool {
    let file = fields.file.as_deref().unwrap_or_default().replace('\\', "/");
    fields.kind.as_deref() == Some("blocking") && file.ends_with("/scheduler/multi_thread/worker.rs")
}

/// The runtime that emits this: `tokio 1.54.1`, if cargo keeps its source in a folder of that name.
fn runtime(metadata: &Metadata<'_>) -> Box<str> {
    let name = metadata.target().split("::").next().unwrap_or_default();
    let parts = metadata.file().unwrap_or_default().split(['/', '\\']);
    let version = parts
        .filter_map(|part| part.strip_prefix(name)?.strip_prefix('-'))
        .find(|version| version.split('.').count() >= 3 && version.starts_with(|digit: char| digit.is_ascii_digit()));
    version.map_or_else(|| name.into(), |version| format!("{name} {version}").into())
}
