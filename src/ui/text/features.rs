//! What the browser lacks, and what still works.

use super::Row;

/// Rows of the features.
pub const ROWS: &[Row] = &[
    ("features.title", "This browser lacks something", "这个浏览器缺少一些功能"),
    (
        "feature.broadcast-channel",
        "Tabs can't talk to each other here: this browser has no BroadcastChannel. This node stays alone, and another tab would not help. Mining, the wallet's own keys and coins, and saving work as ever.",
        "这里的标签页之间无法通信：浏览器没有 BroadcastChannel。这个节点只能独自运行，再开标签页也没有用。挖矿、钱包的密钥和币、保存数据都照常。",
    ),
    (
        "feature.indexed-db",
        "Nothing can be saved here: this browser has no IndexedDB for this page, as in some private windows. Everything works until the tab is closed.",
        "这里无法保存任何内容：浏览器没有给这个页面提供 IndexedDB（某些无痕窗口就是这样）。关闭标签页之前一切正常。",
    ),
    (
        "feature.web-locks",
        "The browser can't tell which tab holds which node: it has no Web Locks here (they need https or localhost). Tabs say every two seconds that they are there, so one that crashed is noticed after eight. Do not open one node in two tabs. All else works.",
        "浏览器无法确定哪个标签页持有哪个节点：这里没有 Web Locks（需要 https 或 localhost）。各标签页每两秒报一次到，崩溃的标签页要过八秒才会被发现。不要在两个标签页里打开同一个节点。其余一切正常。",
    ),
    (
        "feature.nested-workers",
        "Workers can't start workers in this browser: this node mines between its other duties, on one thread and slower. All else works.",
        "这个浏览器里的 Worker 不能再启动 Worker：节点只能在处理其他事情的间隙用一个线程挖矿，速度较慢。其余一切正常。",
    ),
    (
        "feature.entropy",
        "This browser gives no random numbers that nobody can guess (crypto.getRandomValues). No key can be made safely, so no node starts here.",
        "这个浏览器不提供无法预测的随机数（crypto.getRandomValues）。无法安全地生成密钥，所以节点不会启动。",
    ),
    (
        "feature.site-storage",
        "This page may not keep anything by itself: theme and language are forgotten when it is loaded again, and this tab may then open another node. What is said above about saving tells of blocks and coins.",
        "页面自己不能保存任何东西：重新加载后会忘记主题和语言，这个标签页也可能打开另一个节点。区块和币是否已保存，请看上面的说明。",
    ),
];
