//! The help page.

use super::Row;

/// Rows of the help page.
pub const ROWS: &[Row] = &[
    ("help.title", "Help", "帮助"),
    (
        "help.lede",
        "New here? Start with “What this is”. Then the console: it speaks Bitcoin Core's language.",
        "第一次来？先看“这是什么”。然后是控制台：它说的是 Bitcoin Core 的语言。",
    ),
    ("help.console", "Console", "控制台"),
    ("help.console_sub", "type a method and its parameters", "输入方法和参数"),
    (
        "help.console_empty",
        "Try getblockchaininfo, or help for the list. ↑ brings back what you typed.",
        "试试 getblockchaininfo，或输入 help 查看列表。按 ↑ 找回输入过的内容。",
    ),
    ("help.answers", "Answers of the node", "节点的回答"),
    ("help.line", "Method and parameters", "方法和参数"),
    ("help.run", "Run", "执行"),
    ("help.thinking", "The node is at work…", "节点正在处理……"),
    ("help.nothing", "Done; there is nothing to say.", "完成，没有返回内容。"),
    ("help.methods", "Methods", "方法"),
    ("help.methods_sub", "press one to read about it", "点一个查看说明"),
    ("help.group.blockchain", "Blockchain", "区块链"),
    ("help.group.control", "Control", "控制"),
    ("help.group.mempool", "Mempool", "内存池"),
    ("help.group.mining", "Mining", "挖矿"),
    ("help.group.network", "Network", "网络"),
    ("help.group.rawtransactions", "Rawtransactions", "原始交易"),
    ("help.group.util", "Util", "工具"),
    ("help.group.wallet", "Wallet", "钱包"),
    ("help.methods_failed", "The list did not come", "没能取得列表"),
    ("help.script", "The same from the browser's console, for scripts:", "在浏览器控制台里也能这样写脚本："),
    ("help.about", "What this is", "这是什么"),
    (
        "help.about_node",
        "This tab is a whole node: it checks every block itself, keeps its own copy of the chain, and can mine and pay. It uses Bitcoin's formats and rules; only numbers such as the time between blocks are made for a classroom.",
        "这个标签页就是一个完整的节点：它自己检查每个区块，保存自己的一份链，还能挖矿和付款。格式和规则都与比特币相同，只有出块间隔之类的数字是为课堂调整的。",
    ),
    (
        "help.about_tabs",
        "Open another node in a second tab: the two find each other, exchange blocks and payments, and agree on the chain with the most work.",
        "在另一个标签页里再开一个节点：它们会互相发现，交换区块和付款，并认定累计工作量最大的那条链。",
    ),
    (
        "help.about_private",
        "Nothing leaves this browser: there is no server. The coins are worth nothing; they exist only between your tabs.",
        "一切都只在这个浏览器里，没有服务器。这些币没有任何价值，只存在于你的标签页之间。",
    ),
    (
        "help.about_keys",
        "Keyboard: Tab moves on, arrow keys walk along the chain and through choices, Enter opens, Escape closes.",
        "键盘操作：Tab 移动焦点，方向键沿着链和选项移动，Enter 打开，Esc 关闭。",
    ),
];
