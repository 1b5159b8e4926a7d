//! What happened, for toasts.

use super::Row;

/// Rows of notices.
pub const ROWS: &[Row] = &[
    ("notice.block_here", "You mined block {height}", "你挖到了区块 {height}"),
    ("notice.block", "{miner} mined block {height}", "{miner} 挖到了区块 {height}"),
    ("notice.block_unknown", "Block {height} was found", "区块 {height} 已被挖出"),
    ("notice.block_detail", "{transactions}, {fees} in fees", "{transactions}，手续费共 {fees}"),
    ("notice.paid", "You were paid {amount}", "你收到了 {amount}"),
    ("notice.paid_detail", "Waiting to be put into a block", "等待被打包进区块"),
    ("notice.confirmed", "Your transaction is in block {height}", "你的交易已进入区块 {height}"),
    ("notice.transaction", "Transaction {txid}", "交易 {txid}"),
    ("notice.tx_rejected", "Your node refused a transaction", "你的节点拒绝了一笔交易"),
    ("notice.tx_rejected_by", "{peer} refused a transaction", "{peer} 拒绝了一笔交易"),
    ("notice.block_rejected", "Your node refused a block", "你的节点拒绝了一个区块"),
    ("notice.block_rejected_by", "{peer} refused a block", "{peer} 拒绝了一个区块"),
    (
        "notice.reorganised",
        "Reorganised: {out} out, {in} in, tip is now block {height}",
        "链重组：换下 {out} 个区块，换上 {in} 个区块，链尖现为区块 {height}",
    ),
    ("notice.reorganised_none", "Another branch has more work now.", "另一条分支的累计工作量更大。"),
    (
        "notice.returned.one",
        "Another branch has more work. {count} payment of yours waits again.",
        "另一条分支的累计工作量更大。你有 {count} 笔付款重新等待确认。",
    ),
    (
        "notice.returned.many",
        "Another branch has more work. {count} payments of yours wait again.",
        "另一条分支的累计工作量更大。你有 {count} 笔付款重新等待确认。",
    ),
    ("notice.joined", "{peer} joined", "{peer} 加入了网络"),
    ("notice.left", "{peer} left", "{peer} 离开了网络"),
    ("notice.note_valid", "Note from {peer}: valid signature", "{peer} 发来便条：签名有效"),
    ("notice.note_invalid", "Note from {peer}: invalid signature", "{peer} 发来便条：签名无效"),
    ("notice.note_read", "Read it on the keys page", "到“密钥”页查看"),
    ("notice.note_other_key", "By another key than its first note", "用的密钥与它的第一张便条不同"),
    ("notice.banned", "{peer} broke the protocol and was cut off", "{peer} 违反协议，已断开连接"),
    ("notice.miner", "A miner worker stopped", "一个矿工线程停止了"),
    ("notice.storage", "Nothing new can be saved for now", "暂时无法保存新内容"),
    ("notice.storage_back", "All is saved again", "所有内容都已重新保存"),
    ("notice.error", "That did not work", "操作没有成功"),
];
