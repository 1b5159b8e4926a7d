//! Small helpers for values of the browser that have no stable binding.

use js_sys::{Array, Function, Reflect};
use wasm_bindgen::{JsCast, JsValue};

/// A property, or `undefined` where there is none.
pub(super) fn property(object: &JsValue, name: &str) -> JsValue {
    if object.is_undefined() || object.is_null() {
        return JsValue::UNDEFINED;
    }
    Reflect::get(object, &name.into()).unwrap_or(JsValue::UNDEFINED)
}

/// A property that is a text.
pub(super) fn text(object: &JsValue, name: &str) -> Option<String> {
    property(object, name).as_string()
}

/// Sets a property of an object of ours.
pub(super) fn set(object: &JsValue, name: &str, value: &JsValue) {
    // A plain object takes any property.
    let _ = Reflect::set(object, &name.into(), value);
}

/// Calls a method.
///
/// # Errors
/// What it threw, or that there is no such method.
pub(super) fn call(object: &JsValue, name: &str, arguments: &[JsValue]) -> Result<JsValue, JsValue> {
    let method = property(object, name);
    let method: &Function = method.dyn_ref().ok_or_else(|| JsValue::from(format!("this browser has no {name}")))?;
    method.apply(object, &arguments.iter().cloned().collect::<Array>())
}

/// What an error says, for people.
pub(super) fn error_text(error: &JsValue) -> String {
    let named = match (text(error, "name"), text(error, "message")) {
        (Some(name), Some(message)) if !message.is_empty() => Some(format!("{name}: {message}")),
        (Some(name), _) => Some(name),
        (None, Some(message)) if !message.is_empty() => Some(message),
        _ => error.as_string(),
    };
    named.unwrap_or_else(|| "the browser gave no reason".to_owned())
}

/// Lets a panic be told before it ends this thread's module, and leaves it in the console.
pub(super) fn report_panics(tell: impl Fn(String) + Send + Sync + 'static) {
    std::panic::set_hook(Box::new(move |panic| {
        let text = panic.to_string();
        web_sys::console::error_1(&text.as_str().into());
        tell(text);
    }));
}
