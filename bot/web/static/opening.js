// Comes back to the page that was wanted as soon as the archive is open.
'use strict';
(async () => {
  const pause = () => new Promise(done => { setTimeout(done, 500); });
  for (;;) {
    await pause();
    const reply = await fetch('readyz').catch(() => null);
    if (reply && reply.status !== 503) break;
  }
  location.reload();
})();
