//! What a node keeps: one IndexedDB database a node, and a small one that lists them.
//!
//! | store | key | value |
//! |---|---|---|
//! | `blocks` | block hash | `{seq, bytes}`; `seq` rises, so parents come before children |
//! | `meta` | `state` | the session's state as JSON |
//! | `nodes` (of `tabchain:index`) | database name | a [`StoredRow`] as JSON |

use idb::{Database, DatabaseEvent, Factory, IndexParams, KeyPath, KeyRange, ObjectStoreParams, TransactionMode};
use js_sys::{Object, Uint8Array};
use serde::{Deserialize, Serialize};
use wasm_bindgen::{JsCast, JsValue};

use super::Slug;
use super::clock::now;
use super::js::{property, set};
use super::timeout::within;
use crate::ledger::{BlockHash, Time};

/// The version of the databases' layout.
const LAYOUT: u32 = 1;
/// The list of nodes.
const INDEX: &str = "tabchain:index";
/// How long a database may take to open, in milliseconds, before this node does without.
const OPEN_MS: u32 = 8_000;
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

/// One node's open database.
#[derive(Debug)]
pub struct Storage {
    database: Database,
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
    pub async fn open(scope: &str, node: &Slug) -> Result<Self, String> {
        let database = open_database(&database_name(scope, node), |database| {
            let blocks = database.create_object_store("blocks", ObjectStoreParams::new())?;
            let mut unique = IndexParams::new();
            unique.unique(true);
            blocks.create_index("seq", KeyPath::new_single("seq"), Some(unique))?;
            database.create_object_store("meta", ObjectStoreParams::new())?;
            Ok(())
        })
        .await?;
        let (scope, node) = (scope.to_owned(), node.clone());
        let mut storage = Self { database, scope, node, next_seq: 1, row_written: Time::default(), row_height: None };
        storage.next_seq = storage.last_seq().await.map_err(|error| error.to_string())? + 1;
        Ok(storage)
    }

    /// The session's state as JSON, if any was kept.
    ///
    /// # Errors
    /// What the browser said.
    pub async fn state(&self) -> Result<Option<String>, String> {
        let read = async {
            let transaction = self.database.transaction(&["meta"], TransactionMode::ReadOnly)?;
            let value = transaction.object_store("meta")?.get(JsValue::from("state"))?.await?;
            Ok::<_, idb::Error>(value.and_then(|value| value.as_string()))
        };
        read.await.map_err(|error| error.to_string())
    }

    /// How many blocks are kept.
    ///
    /// # Errors
    /// What the browser said.
    pub async fn block_count(&self) -> Result<u32, String> {
        let count = async {
            let transaction = self.database.transaction(&["blocks"], TransactionMode::ReadOnly)?;
            transaction.object_store("blocks")?.count(None)?.await
        };
        count.await.map_err(|error| error.to_string())
    }

    /// Some blocks in the order they were kept, from after this sequence number on (0: the first),
    /// each with its own; none at the end.
    ///
    /// # Errors
    /// What the browser said.
    pub async fn blocks_after(&self, seq: u64) -> Result<Vec<(u64, Vec<u8>)>, String> {
        let read = async {
            let transaction = self.database.transaction(&["blocks"], TransactionMode::ReadOnly)?;
            let range = KeyRange::lower_bound(&(seq as f64).into(), Some(true))?;
            transaction.object_store("blocks")?.index("seq")?.get_all(Some(range.into()), Some(PAGE))?.await
        };
        let values = read.await.map_err(|error: idb::Error| error.to_string())?;
        let block = |value: &JsValue| {
            let bytes: Uint8Array = property(value, "bytes").dyn_into().ok()?;
            Some((property(value, "seq").as_f64()? as u64, bytes.to_vec()))
        };
        Ok(values.iter().filter_map(block).collect())
    }

    /// Keeps these, all or none, and returns when they are kept.
    ///
    /// # Errors
    /// What the browser said, such as that its quota is exceeded.
    pub async fn write(&mut self, batch: &[Write]) -> Result<(), String> {
        let mut height = None;
        let write = async {
            let transaction = self.database.transaction(&["blocks", "meta"], TransactionMode::ReadWrite)?;
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
            transaction.await
        };
        match write.await {
            Ok(result) if result.is_committed() => {}
            Ok(_) => return Err("the database gave the write up".to_owned()),
            Err(error) => return Err(error.to_string()),
        }
        if let Some(height) = height
            && (self.row_height != Some(height) || (now() - self.row_written).millis >= ROW_MS)
        {
            self.write_row(height).await?;
        }
        Ok(())
    }

    /// Renews this node's entry in the list.
    ///
    /// # Errors
    /// What the browser said.
    pub async fn write_row(&mut self, height: u32) -> Result<(), String> {
        let row = StoredRow { scope: self.scope.clone(), node: self.node.clone(), last_open: now(), height };
        (self.row_written, self.row_height) = (row.last_open, Some(height));
        put_row(&row).await
    }

    async fn last_seq(&self) -> Result<u64, idb::Error> {
        let transaction = self.database.transaction(&["blocks"], TransactionMode::ReadOnly)?;
        let index = transaction.object_store("blocks")?.index("seq")?;
        let cursor = index.open_key_cursor(None, Some(idb::CursorDirection::Prev))?.await?;
        let Some(cursor) = cursor else { return Ok(0) };
        Ok(cursor.key()?.as_f64().unwrap_or_default() as u64)
    }
}

impl Drop for Storage {
    fn drop(&mut self) {
        self.database.close();
    }
}

/// Stored nodes of a network and room, last open first.
///
/// # Errors
/// What the browser said.
pub async fn list(scope: &str) -> Result<Vec<StoredRow>, String> {
    let database = open_index().await?;
    let read = async {
        let transaction = database.transaction(&["nodes"], TransactionMode::ReadOnly)?;
        transaction.object_store("nodes")?.get_all(None, Some(MAX_LISTED))?.await
    };
    let values = read.await.map_err(|error: idb::Error| error.to_string());
    database.close();
    let rows = values?.into_iter().filter_map(|value| serde_json::from_str::<StoredRow>(&value.as_string()?).ok());
    let mut rows: Vec<StoredRow> = rows.filter(|row| row.scope == scope).collect();
    rows.sort_unstable_by(|a, b| b.last_open.cmp(&a.last_open).then_with(|| a.node.cmp(&b.node)));
    Ok(rows)
}

/// Deletes a stored node; its lock must be held by the caller, or nobody.
///
/// # Errors
/// What the browser said.
pub async fn delete(scope: &str, node: &Slug) -> Result<(), String> {
    let name = database_name(scope, node);
    let delete = async {
        Factory::new()?.delete(&name)?.await?;
        Ok::<_, idb::Error>(())
    };
    match within(OPEN_MS, delete).await {
        Some(result) => result.map_err(|error| error.to_string())?,
        None => return Err("the database is still in use".to_owned()),
    }
    let index = open_index().await?;
    let forget = async {
        let transaction = index.transaction(&["nodes"], TransactionMode::ReadWrite)?;
        transaction.object_store("nodes")?.delete(JsValue::from(name))?.await?;
        transaction.await
    };
    let result = forget.await.map(|_| ()).map_err(|error| error.to_string());
    index.close();
    result
}

fn database_name(scope: &str, node: &Slug) -> String {
    format!("{scope}:{node}")
}

async fn put_row(row: &StoredRow) -> Result<(), String> {
    let index = open_index().await?;
    let put = async {
        let transaction = index.transaction(&["nodes"], TransactionMode::ReadWrite)?;
        let json = serde_json::to_string(row).expect("plain data has a JSON form");
        let key = database_name(&row.scope, &row.node);
        transaction.object_store("nodes")?.put(&json.into(), Some(&key.into()))?;
        transaction.await
    };
    let result = put.await.map(|_| ()).map_err(|error: idb::Error| error.to_string());
    index.close();
    result
}

async fn open_index() -> Result<Database, String> {
    open_database(INDEX, |database| {
        database.create_object_store("nodes", ObjectStoreParams::new())?;
        Ok(())
    })
    .await
}

async fn open_database(
    name: &str,
    lay_out: impl FnOnce(&Database) -> Result<(), idb::Error> + 'static,
) -> Result<Database, String> {
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
    match within(OPEN_MS, open).await {
        Some(result) => result.map_err(|error: idb::Error| error.to_string()),
        None => Err("the browser's database does not answer".to_owned()),
    }
}
