// Gradio's page gives up the stream that it still holds (bot/web/chat/queue_gate.py) before it is left, and
// complains of that in the console. The browser closes it anyway, a moment later. Comes first, since
// a window tells its listeners in their order.
addEventListener('beforeunload', event => event.stopImmediatePropagation());
