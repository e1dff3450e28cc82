// Verbatim in this wiki: every <div class="verbatim" data-question="..."> on a page becomes a frame
// with the answer. Put in the address of your own server; README.md says where this goes.
mw.loader.load( 'https://verbatim.example/embed.js' );
