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
    ("notice.tx_rejected", "Your node refused a payment", "你的节点拒绝了一笔付款"),
    ("notice.tx_rejected_by", "{peer} refused it: {reason}", "{peer} 拒绝了它：{reason}"),
    ("notice.block_rejected", "Your node refused a block", "你的节点拒绝了一个区块"),
    ("notice.block_rejected_by", "{peer} refused a block: {reason}", "{peer} 拒绝了一个区块：{reason}"),
    ("notice.block_of", "Block {hash}", "区块 {hash}"),
    (
        "notice.reorganised",
        "Your chain changed sides: {out} out, {in} in. Newest is {height}.",
        "你的链换了分支：退下 {out}，换上 {in} 个，最新的是区块 {height}",
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
    ("notice.left", "{peer} is no longer linked", "与 {peer} 的连接没有了"),
    ("notice.left_why", "Its tab was closed, or it was cut off.", "它的标签页关闭了，或者断开了网络。"),
    ("notice.cut_off", "You are cut off from {nodes}", "你已与 {nodes}断开"),
    ("notice.cut_off_one", "You are cut off from {peer}", "你已与 {peer} 断开"),
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
