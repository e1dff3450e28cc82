// Gives each frame the height of what is in it. The frame has no origin, so it is known by its window.
( function () {
	'use strict';
	function frames() {
		return Array.from( document.querySelectorAll( '.verbatim-frame > iframe' ) );
	}
	addEventListener( 'message', function ( event ) {
		var frame = frames().find( function ( each ) {
			return each.contentWindow === event.source;
		} );
		var height = event.data && event.data.type === 'verbatim:height' ? Number( event.data.height ) : 0;
		if ( frame && event.origin === 'null' && height > 0 ) {
			frame.style.height = Math.min( Math.max( height + 2, 60 ), 2000 ) + 'px';
		}
	} );
	// A frame that was there first has said its height already.
	frames().forEach( function ( frame ) {
		frame.contentWindow.postMessage( { type: 'verbatim:measure' }, '*' );
	} );
}() );
