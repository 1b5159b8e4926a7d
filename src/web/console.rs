//! `tabchain.rpc(method, ...params)` in the browser's console.

use std::rc::Rc;

use js_sys::{Array, JSON, Object, Promise, Proxy};
use serde_json::Value;
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::Closure;

use super::js::set;
use crate::api::{UserError, code};

/// Where the answer to a call goes.
pub type RpcDone = Box<dyn FnOnce(Result<Value, UserError>)>;

/// How a call of a proxy for a function arrives: the function, `this`, and a list of all arguments.
type CallTrap = dyn FnMut(JsValue, JsValue, Array) -> JsValue;

/// Makes `window.tabchain.rpc(method, ...params)`: a promise of the result, rejected with
/// `{code, message, rule, facts}`. `callback` gets each call.
pub fn install_rpc(callback: impl Fn(String, Vec<Value>, RpcDone) + 'static) {
    let callback = Rc::new(callback);
    // A closure has a fixed number of parameters; the trap of a proxy gets any number as a list.
    let trap = Closure::<CallTrap>::new(move |_function, _this, arguments: Array| -> JsValue {
        let call = read_call(&arguments);
        let callback = Rc::clone(&callback);
        Promise::new(&mut |resolve, reject| match &call {
            Err(error) => {
                let _ = reject.call1(&JsValue::UNDEFINED, &error_object(error));
            }
            Ok((method, params)) => {
                let done: RpcDone = Box::new(move |result| {
                    let _ = match result {
                        Ok(value) => resolve.call1(&JsValue::UNDEFINED, &to_js(&value)),
                        Err(error) => reject.call1(&JsValue::UNDEFINED, &error_object(&error)),
                    };
                });
                callback(method.clone(), params.clone(), done);
            }
        })
        .into()
    });
    let tabchain = Object::new();
    let handler = Object::new();
    set(&handler, "apply", trap.as_ref());
    set(&tabchain, "rpc", Proxy::new(trap.as_ref(), &handler).as_ref());
    set(&js_sys::global(), "tabchain", &tabchain);
    // It lives as long as the page.
    trap.forget();
}

fn read_call(arguments: &Array) -> Result<(String, Vec<Value>), UserError> {
    let mut params = arguments.to_vec();
    let method = if params.is_empty() { JsValue::UNDEFINED } else { params.remove(0) };
    let invalid = |text: &str| UserError::new(code::INVALID_REQUEST, "rpc-method", text);
    if method.is_undefined() || method.is_null() {
        return Err(invalid("Missing method"));
    }
    let method = method.as_string().ok_or_else(|| invalid("Method must be a string"))?;
    while params.last().is_some_and(JsValue::is_undefined) {
        params.pop();
    }
    let values = params.iter().enumerate().map(|(index, param)| {
        from_js(param).ok_or_else(|| {
            let position = index + 1;
            UserError::new(code::INVALID_PARAMETER, "rpc-parameter", format!("parameter {position} has no JSON form"))
                .fact("position", position)
        })
    });
    Ok((method, values.collect::<Result<_, _>>()?))
}

fn from_js(value: &JsValue) -> Option<Value> {
    if value.is_undefined() {
        return Some(Value::Null);
    }
    let text = JSON::stringify(value).ok()?.as_string()?;
    serde_json::from_str(&text).ok()
}

fn to_js(value: &Value) -> JsValue {
    JSON::parse(&value.to_string()).unwrap_or(JsValue::NULL)
}

/// An `Error`, so that the console shows it well, with Core's fields.
fn error_object(error: &UserError) -> JsValue {
    let object = js_sys::Error::new(&error.text);
    set(&object, "code", &f64::from(error.code).into());
    set(&object, "rule", &error.rule.as_str().into());
    let facts = Object::new();
    for (name, value) in &error.facts {
        set(&facts, name, &value.as_str().into());
    }
    set(&object, "facts", &facts);
    object.into()
}
