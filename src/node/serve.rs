//! Answering what peers ask for.

use super::{Node, PeerId};
use crate::wire::{Inventory, MAX_INVENTORY, Message};

/// Most things sent for one getdata message (Core `MAX_GETDATA_SZ`); the rest is not found.
const MAX_SERVED: usize = 1_000;
/// Most blocks among them: as many as a peer asks for at a time.
const MAX_SERVED_BLOCKS: usize = 16;

impl Node {
    pub(super) fn on_get_data(&mut self, id: PeerId, items: &[Inventory]) {
        let mut missing = Vec::new();
        let (mut served, mut blocks) = (0, 0);
        for item in items {
            let message = match item {
                _ if served == MAX_SERVED => None,
                Inventory::Block(_) if blocks == MAX_SERVED_BLOCKS => None,
                Inventory::Block(hash) => self.chain.block(hash).map(Message::Block),
                Inventory::Transaction(txid) => self.mempool.get(txid).map(|entry| Message::Tx(entry.tx.clone())),
                Inventory::Other { .. } => None,
            };
            let Some(message) = message else {
                missing.push(*item);
                continue;
            };
            served += 1;
            match item {
                Inventory::Block(hash) => {
                    blocks += 1;
                    // It has the header, and in a moment the block.
                    self.peer_has_block(id, *hash);
                }
                Inventory::Transaction(txid) => self.own.reached(txid, id),
                Inventory::Other { .. } => {}
            }
            self.send(id, &message);
        }
        if !missing.is_empty() {
            self.send(id, &Message::NotFound(missing));
        }
    }

    /// Names all unconfirmed transactions, the best paying first (BIP-0035).
    pub(super) fn on_mempool(&mut self, id: PeerId) {
        let txids: Vec<_> = self.mempool.iter().map(|entry| entry.txid).take(MAX_INVENTORY).collect();
        let Some(peer) = self.peers.get_mut(&id) else { return };
        for txid in &txids {
            peer.known.insert(*txid);
        }
        if !txids.is_empty() {
            self.send(id, &Message::Inv(txids.into_iter().map(Inventory::Transaction).collect()));
        }
    }
}
