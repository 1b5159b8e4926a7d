//! `tabchain.rpc(method, ...params)` in the browser's console.

use std::rc::Rc;

use js_sys::{JSON, Object, Promise};
use serde_json::Value;
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::Closure;

use super::js::set;
use crate::session::UserError;

/// Bitcoin Core's codes of a request that is none, and of parameters that are none.
const INVALID_REQUEST: i32 = -32600;
const INVALID_PARAMETER: i32 = -8;

/// Where the answer to a call goes.
pub type RpcDone = Box<dyn FnOnce(Result<Value, UserError>)>;

/// A method and up to seven parameters; `undefined` where none was given.
type RpcFunction = dyn FnMut(JsValue, JsValue, JsValue, JsValue, JsValue, JsValue, JsValue, JsValue) -> JsValue;

/// Makes `window.tabchain.rpc(method, ...params)`: a promise of the result, rejected with
/// `{code, message, rule, facts}`. `callback` gets each call.
pub fn install_rpc(callback: impl Fn(String, Vec<Value>, RpcDone) + 'static) {
    let callback = Rc::new(callback);
    let function = Closure::<RpcFunction>::new(move |method: JsValue, a, b, c, d, e, f, g| -> JsValue {
        let call = read_call(&method, vec![a, b, c, d, e, f, g]);
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
    set(&tabchain, "rpc", function.as_ref());
    set(&js_sys::global(), "tabchain", &tabchain);
    // It lives as long as the page.
    function.forget();
}

fn read_call(method: &JsValue, mut params: Vec<JsValue>) -> Result<(String, Vec<Value>), UserError> {
    let method = method.as_string().ok_or_else(|| {
        UserError::new(INVALID_REQUEST, "rpc-method", "the first argument is the method's name, like \"getblockcount\"")
    })?;
    while params.last().is_some_and(JsValue::is_undefined) {
        params.pop();
    }
    let values = params.iter().enumerate().map(|(index, param)| {
        from_js(param).ok_or_else(|| {
            let position = index + 1;
            UserError::new(INVALID_PARAMETER, "rpc-parameter", format!("parameter {position} has no JSON form"))
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
