//! What is saved and what is not, and why.

use super::Row;

/// Rows of the banner about storage.
pub const ROWS: &[Row] = &[
    ("storage.only_here", "Only in this tab's memory: {what}.", "只保存在本标签页内存中的有：{what}。"),
    ("storage.nothing_yet", "Nothing new can be saved now.", "现在无法保存任何新内容。"),
    ("storage.and", "{one} and {other}", "{one}和{other}"),
    ("storage.block", "block {height}", "区块 {height}"),
    (
        "storage.blocks",
        "{count} blocks (heights {lowest} to {highest})",
        "{count} 个区块（高度 {lowest} 到 {highest}）",
    ),
    ("storage.wallet", "the newest state of your wallet and settings", "钱包和设置的最新状态"),
    ("storage.rest", "All else is saved.", "其余的都已保存。"),
    (
        "storage.missing",
        "This browser has no database for this page, as in some private windows. Everything works until the tab is closed.",
        "浏览器没有给这个页面提供数据库（某些无痕窗口就是这样）。关闭标签页之前一切正常。",
    ),
    ("storage.refused", "The browser's database refused to save.", "浏览器的数据库拒绝保存。"),
    (
        "storage.full",
        "There is no room left on the disk, or in this site's share of it. Make room, or delete sleeping nodes on the network page.",
        "磁盘空间不足，或分给本网站的空间已用完。请腾出空间，或到“网络”页删除休眠的节点。",
    ),
    ("storage.silent", "The browser's database does not answer.", "浏览器的数据库没有响应。"),
    (
        "storage.closed",
        "The browser closed the database, as it does when a site's data is deleted. What was saved before may be gone.",
        "浏览器关闭了数据库（删除网站数据时会这样）。之前保存的内容可能已经没有了。",
    ),
    (
        "storage.earlier",
        "The database did not open when this node started, so it began anew with a new wallet. It answers now, and still holds this node as it was: reload to return to it. What happened in this tab is then gone.",
        "节点启动时数据库没有打开，于是它用一个新钱包重新开始。现在数据库已恢复，里面仍保存着原来的节点：重新加载即可回到那里，但本标签页里发生的一切会丢失。",
    ),
    (
        "storage.unreadable",
        "What this node had stored can't be read. It is left as it is, and this node began anew with a new wallet.",
        "无法读取这个节点保存的数据。它们会原样保留，这个节点用一个新钱包重新开始。",
    ),
    ("storage.next", "The next try is in {span}.", "{span}后再试。"),
    ("storage.now", "It is being tried now.", "正在重试。"),
    ("storage.try", "Try now", "现在就试"),
];
