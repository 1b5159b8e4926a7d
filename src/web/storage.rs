//! What a node keeps: one IndexedDB database a node, and a small one that lists them.
//!
//! | store | key | value |
//! |---|---|---|
//! | `blocks` | block hash | `{seq, bytes}`; `seq` rises, so parents come before children |
//! | `meta` | `state` | the session's state as JSON |
//! | `nodes` (of `tabchain:index`) | database name | a [`StoredRow`] as JSON |

use std::collections::BTreeSet;
use std::future::Future;

use idb::{Database, DatabaseEvent, Factory, IndexParams, KeyPath, KeyRange, ObjectStoreParams, TransactionMode};
use js_sys::{Object, Uint8Array};
use serde::{Deserialize, Serialize};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::spawn_local;

use super::Slug;
use super::clock::now;
use super::committed::committed;
use super::js::{property, set};
use super::keeper::Fault;
use super::timeout::within;
use crate::api::StorageTrouble;
use crate::ledger::{BlockHash, Time};

/// The version of the databases' layout.
const LAYOUT: u32 = 1;
/// The list of nodes.
const INDEX: &str = "tabchain:index";
/// How long a database may take to open or to answer a question, in milliseconds, before this node does without.
pub(super) const OPEN_MS: u32 = 8_000;
/// Blocks read at a time.
const PAGE: u32 = 250;
/// Most nodes listed.
const MAX_LISTED: u32 = 500;
/// The list's entry is renewed no more often than this, in milliseconds.
const ROW_MS: u64 = 2_000;

/// A stored node in the list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StoredRow {
    /// The network and room it belongs to, see [`scope`](super::channel::scope).
    pub scope: String,
    /// Its name.
    pub node: Slug,
    /// When it was last open.
    pub last_open: Time,
    /// Its height then.
    pub height: u32,
}

/// Something to keep.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Write {
    /// A block.
    Block {
        /// Its hash.
        hash: BlockHash,
        /// Its bytes.
        bytes: Vec<u8>,
    },
    /// The session's state; replaces the one before.
    State {
        /// As JSON.
        json: String,
        /// The tip's height, for the list.
        height: u32,
    },
}

/// An open database, closed when it is dropped.
#[derive(Debug)]
struct Connection(Database);

impl Drop for Connection {
    fn drop(&mut self) {
        self.0.close();
    }
}

/// One node's open database.
#[derive(Debug)]
pub struct Storage {
    connection: Connection,
    scope: String,
    node: Slug,
    next_seq: u64,
    row_written: Time,
    row_height: Option<u32>,
}

impl Storage {
    /// Opens a node's database, made if it is new.
    ///
    /// # Errors
    /// What the browser said: it may have none, refuse it, or not answer.
    pub async fn open(scope: &str, node: &Slug) -> Result<Self, Fault> {
        let (scope, node) = (scope.to_owned(), node.clone());
        in_time(async move {
            let connection = open_database(&database_name(&scope, &node), |database| {
                let blocks = database.create_object_store("blocks", ObjectStoreParams::new())?;
                let mut unique = IndexParams::new();
                unique.unique(true);
                blocks.create_index("seq", KeyPath::new_single("seq"), Some(unique))?;
                database.create_object_store("meta", ObjectStoreParams::new())?;
                Ok(())
            })
            .await?;
            let next_seq = last_seq(&connection.0).await.map_err(fault_of)? + 1;
            Ok(Self { connection, scope, node, next_seq, row_written: Time::default(), row_height: None })
        })
        .await
    }

    /// Has `on_closed` told if the browser closes the database.
    pub fn watch(&mut self, on_closed: impl Fn(Fault) + Clone + 'static) {
        let closed = Fault { trouble: StorageTrouble::Closed, reason: String::new() };
        let (on_close, fault) = (on_closed.clone(), closed.clone());
        self.connection.0.on_close(move |_| on_close(fault));
        // Someone wants to delete it or to give it another layout, and waits until it is let go.
        self.connection.0.on_version_change(move |_| on_closed(closed));
    }

    /// The session's state as JSON, if any was kept.
    ///
    /// # Errors
    /// What the browser said, or that it did not answer.
    pub async fn state(&self) -> Result<Option<String>, Fault> {
        let transaction = self.connection.0.transaction(&["meta"], TransactionMode::ReadOnly);
        in_time(async move {
            let read = async move { transaction?.object_store("meta")?.get(JsValue::from("state"))?.await };
            Ok(read.await.map_err(fault_of)?.and_then(|value: JsValue| value.as_string()))
        })
        .await
    }

    /// How many blocks are kept.
    ///
    /// # Errors
    /// What the browser said, or that it did not answer.
    pub async fn block_count(&self) -> Result<u32, Fault> {
        let transaction = self.connection.0.transaction(&["blocks"], TransactionMode::ReadOnly);
        in_time(async move {
            let count = async move { transaction?.object_store("blocks")?.count(None)?.await };
            count.await.map_err(fault_of)
        })
        .await
    }

    /// The hashes of the blocks that are kept.
    ///
    /// # Errors
    /// What the browser said, or that it did not answer.
    pub async fn block_hashes(&self) -> Result<BTreeSet<BlockHash>, Fault> {
        let transaction = self.connection.0.transaction(&["blocks"], TransactionMode::ReadOnly);
        in_time(async move {
            let read = async move { transaction?.object_store("blocks")?.get_all_keys(None, None)?.await };
            let keys: Vec<JsValue> = read.await.map_err(fault_of)?;
            Ok(keys.iter().filter_map(|key| key.as_string()?.parse().ok()).collect())
        })
        .await
    }

    /// Some blocks in the order they were kept, from after this sequence number on (0: the first),
    /// each with its own; none at the end.
    ///
    /// # Errors
    /// What the browser said, or that it did not answer.
    pub async fn blocks_after(&self, seq: u64) -> Result<Vec<(u64, Vec<u8>)>, Fault> {
        let transaction = self.connection.0.transaction(&["blocks"], TransactionMode::ReadOnly);
        in_time(async move {
            let read = async move {
                let range = KeyRange::lower_bound(&(seq as f64).into(), Some(true))?;
                transaction?.object_store("blocks")?.index("seq")?.get_all(Some(range.into()), Some(PAGE))?.await
            };
            let values: Vec<JsValue> = read.await.map_err(fault_of)?;
            let block = |value: &JsValue| {
                let bytes: Uint8Array = property(value, "bytes").dyn_into().ok()?;
                Some((property(value, "seq").as_f64()? as u64, bytes.to_vec()))
            };
            Ok(values.iter().filter_map(block).collect())
        })
        .await
    }

    /// Keeps these, all or none, and returns when they are kept. Who calls it has its own patience.
    ///
    /// # Errors
    /// What the browser said, such as that its quota is exceeded.
    pub async fn write(&mut self, batch: &[Write]) -> Result<(), Fault> {
        let mut height = None;
        let transaction = self.connection.0.transaction(&["blocks", "meta"], TransactionMode::ReadWrite);
        let transaction = transaction.map_err(fault_of)?;
        let mut put = || {
            let (blocks, meta) = (transaction.object_store("blocks")?, transaction.object_store("meta")?);
            for item in batch {
                match item {
                    Write::Block { hash, bytes } => {
                        let value = Object::new();
                        set(&value, "seq", &(self.next_seq as f64).into());
                        set(&value, "bytes", &Uint8Array::from(bytes.as_slice()).into());
                        self.next_seq += 1;
                        blocks.put(&value, Some(&hash.to_string().into()))?;
                    }
                    Write::State { json, height: at } => {
                        height = Some(*at);
                        meta.put(&json.as_str().into(), Some(&"state".into()))?;
                    }
                }
            }
            Ok::<_, idb::Error>(())
        };
        if let Err(error) = put() {
            // What was put before would be kept; refused only where it aborts already.
            let _ = transaction.abort();
            return Err(fault_of(error));
        }
        committed(transaction.into()).await.map_err(fault_of_text)?;
        if let Some(height) = height
            && (self.row_height != Some(height) || (now() - self.row_written).millis >= ROW_MS)
        {
            self.write_row(height);
        }
        Ok(())
    }

    /// Begins to renew this node's entry in the list. The node itself is no less saved where that fails: it is tried
    /// again with the next write.
    pub fn write_row(&mut self, height: u32) {
        let row = StoredRow { scope: self.scope.clone(), node: self.node.clone(), last_open: now(), height };
        (self.row_written, self.row_height) = (row.last_open, Some(height));
        spawn_local(async move {
            if let Err(fault) = put_row(&row).await {
                web_sys::console::warn_1(&format!("the list of stored nodes: {}", fault.reason).into());
            }
        });
    }
}

async fn last_seq(database: &Database) -> Result<u64, idb::Error> {
    let transaction = database.transaction(&["blocks"], TransactionMode::ReadOnly)?;
    let index = transaction.object_store("blocks")?.index("seq")?;
    let cursor = index.open_key_cursor(None, Some(idb::CursorDirection::Prev))?.await?;
    let Some(cursor) = cursor else { return Ok(0) };
    Ok(cursor.key()?.as_f64().unwrap_or_default() as u64)
}

/// Stored nodes of a network and room, last open first.
///
/// # Errors
/// What the browser said, or that it did not answer.
pub async fn list(scope: &str) -> Result<Vec<StoredRow>, Fault> {
    let values: Vec<JsValue> = in_time(async {
        let index = open_index().await?;
        let read = async {
            let transaction = index.0.transaction(&["nodes"], TransactionMode::ReadOnly)?;
            transaction.object_store("nodes")?.get_all(None, Some(MAX_LISTED))?.await
        };
        read.await.map_err(fault_of)
    })
    .await?;
    let rows = values.into_iter().filter_map(|value| serde_json::from_str::<StoredRow>(&value.as_string()?).ok());
    let mut rows: Vec<StoredRow> = rows.filter(|row| row.scope == scope).collect();
    rows.sort_unstable_by(|a, b| b.last_open.cmp(&a.last_open).then_with(|| a.node.cmp(&b.node)));
    Ok(rows)
}

/// Deletes a stored node; its lock must be held by the caller, or nobody.
///
/// # Errors
/// What the browser said, or that it did not answer.
pub async fn delete(scope: &str, node: &Slug) -> Result<(), Fault> {
    let name = database_name(scope, node);
    in_time(async move {
        let delete = async {
            Factory::new()?.delete(&name)?.await?;
            Ok::<_, idb::Error>(())
        };
        delete.await.map_err(fault_of)?;
        let index = open_index().await?;
        let forget = || {
            let transaction = index.0.transaction(&["nodes"], TransactionMode::ReadWrite)?;
            transaction.object_store("nodes")?.delete(JsValue::from(name))?;
            Ok(transaction)
        };
        committed(forget().map_err(fault_of)?.into()).await.map_err(fault_of_text)
    })
    .await
}

fn database_name(scope: &str, node: &Slug) -> String {
    format!("{scope}:{node}")
}

async fn put_row(row: &StoredRow) -> Result<(), Fault> {
    let index = open_index().await?;
    let put = || {
        let transaction = index.0.transaction(&["nodes"], TransactionMode::ReadWrite)?;
        let json = serde_json::to_string(row).expect("plain data has a JSON form");
        let key = database_name(&row.scope, &row.node);
        transaction.object_store("nodes")?.put(&json.into(), Some(&key.into()))?;
        Ok(transaction)
    };
    committed(put().map_err(fault_of)?.into()).await.map_err(fault_of_text)
}

async fn open_index() -> Result<Connection, Fault> {
    open_database(INDEX, |database| {
        database.create_object_store("nodes", ObjectStoreParams::new())?;
        Ok(())
    })
    .await
}

async fn open_database(
    name: &str,
    lay_out: impl FnOnce(&Database) -> Result<(), idb::Error> + 'static,
) -> Result<Connection, Fault> {
    let open = async {
        let mut request = Factory::new()?.open(name, Some(LAYOUT))?;
        request.on_upgrade_needed(move |event| {
            if let Ok(database) = event.database()
                && let Err(error) = lay_out(&database)
            {
                web_sys::console::error_1(&error.to_string().into());
            }
        });
        request.await
    };
    open.await.map(Connection).map_err(fault_of)
}

/// Waits for an answer no longer than [`OPEN_MS`].
async fn in_time<T: 'static>(answer: impl Future<Output = Result<T, Fault>> + 'static) -> Result<T, Fault> {
    let silent = || Fault { trouble: StorageTrouble::Silent, reason: String::new() };
    within(OPEN_MS, answer).await.unwrap_or_else(|| Err(silent()))
}

fn fault_of(error: idb::Error) -> Fault {
    match error {
        idb::Error::IndexedDbNotFound(_) => Fault { trouble: StorageTrouble::Missing, reason: String::new() },
        error => fault_of_text(error.to_string()),
    }
}

/// The kind of trouble is in the name of the browser's exception.
fn fault_of_text(reason: String) -> Fault {
    let names = |name: &str| reason.contains(name);
    let trouble = if names("QuotaExceeded") {
        StorageTrouble::Full
    } else if names("InvalidStateError") && (names("clos") || names("connection")) {
        StorageTrouble::Closed
    } else {
        StorageTrouble::Refused
    };
    Fault { trouble, reason }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_kind_of_trouble_is_read_from_what_the_browser_said() {
        for (said, trouble) in [
            ("QuotaExceededError: Encountered full disk while opening backing store", StorageTrouble::Full),
            (
                "failed to open transaction: InvalidStateError: Failed to execute 'transaction' on 'IDBDatabase': The \
                 database connection is closing.",
                StorageTrouble::Closed,
            ),
            ("AbortError: The transaction was aborted", StorageTrouble::Refused),
            ("UnknownError: Internal error", StorageTrouble::Refused),
        ] {
            assert_eq!(fault_of_text(said.to_owned()).trouble, trouble, "{said}");
        }
    }
}
