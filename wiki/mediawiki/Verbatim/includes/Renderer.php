<?php

namespace MediaWiki\Extension\Verbatim;

use Html;
use Language;

/**
 * Shows replies as HTML. Every word of a reply is hostile: it comes out as text.
 */
class Renderer {
	private const SANDBOX = 'allow-scripts allow-forms allow-popups allow-popups-to-escape-sandbox';

	/** @var string */
	private $url;
	/** @var Language */
	private $language;

	public function __construct( string $url, Language $language ) {
		$this->url = $url;
		$this->language = $language;
	}

	public function note( string $key ): string {
		$text = wfMessage( $key )->inLanguage( $this->language )->parse();
		return Html::rawElement( 'div', [ 'class' => 'verbatim-answer verbatim-note' ], $text );
	}

	public function reply( string $question, array $reply ): string {
		if ( $reply['status'] === Asker::UNREACHABLE ) {
			return $this->note( 'verbatim-unreachable' );
		}
		$sentences = implode( '', array_map( [ $this, 'sentence' ], $reply['sentences'] ) );
		$open = self::link( $this->url . '?q=' . rawurlencode( $question ), $this->says( 'verbatim-open' ) );
		return Html::rawElement( 'div', [ 'class' => 'verbatim-answer' ],
			Html::rawElement( 'div', [ 'class' => 'verbatim-question' ], self::text( $question ) ) .
			( $sentences === '' ? '' : Html::rawElement( 'ol', [], $sentences ) ) .
			Html::rawElement( 'div', [ 'class' => 'verbatim-message' ], self::text( $reply['message'] ) . ' ' . $open )
		);
	}

	public function frame( string $question, string $theme ): string {
		$title = $question === '' ? $this->says( 'verbatim-frame-title-empty' ) :
			$this->says( 'verbatim-frame-title', $question );
		return Html::rawElement( 'div', [ 'class' => 'verbatim-frame' ], Html::element( 'iframe', [
			'src' => $this->url . 'frame?' . http_build_query( [ 'q' => $question, 'theme' => $theme ] ),
			'title' => $title,
			'loading' => 'lazy',
			'sandbox' => self::SANDBOX,
		] ) );
	}

	private function sentence( array $citations ): string {
		$citation = $citations[0];
		$speaker = $citation['speaker'] === '' ? $this->says( 'verbatim-no-speaker' ) : $citation['speaker'];
		$isKind = in_array( $citation['kind'], [ 'direct', 'indirect', 'mixed' ], true );
		$origin = [
			Html::rawElement( 'b', [], self::text( $speaker ) ) .
				( $isKind ? ' (' . htmlspecialchars( $this->says( 'verbatim-' . $citation['kind'] ) ) . ')' : '' ),
			self::text( $citation['source'] ),
			self::text( $this->day( $citation['published'] ) ),
			preg_match( '#^https?://#i', $citation['url'] ) ?
				self::link( $citation['url'], $this->says( 'verbatim-publisher' ) ) : '',
		];
		return Html::rawElement( 'li', [],
			Html::rawElement( 'blockquote', [], self::text( $citation['text'] ) ) .
			Html::rawElement( 'div', [ 'class' => 'verbatim-by' ],
				implode( ' ', array_map( [ $this, 'number' ], $citations ) ) . ' ' .
				implode( ' · ', array_filter( $origin, 'strlen' ) ) )
		);
	}

	private function number( array $citation ): string {
		$place = http_build_query(
			[ 'id' => $citation['article_id'], 'start' => $citation['start'], 'end' => $citation['end'] ]
		) . '#s-' . $citation['start'];
		return self::link( $this->url . 'article?' . $place, '[' . $citation['number'] . ']',
			[ 'class' => 'verbatim-number', 'title' => $this->says( 'verbatim-place' ) ] );
	}

	/** The day in the wiki's language; what is no day is shown as it came. */
	private function day( string $published ): string {
		$isDay = preg_match( '/^(\d{4})-(\d\d)-(\d\d)/', $published, $part ) &&
			checkdate( (int)$part[2], (int)$part[3], (int)$part[1] );
		return $isDay ? $this->language->date( "$part[1]$part[2]{$part[3]}000000", false, 'dmy' ) : $published;
	}

	private function says( string $key, string ...$parameters ): string {
		return wfMessage( $key )->plaintextParams( ...$parameters )->inLanguage( $this->language )->text();
	}

	private static function link( string $url, string $text, array $more = [] ): string {
		return Html::element( 'a', $more + [ 'href' => $url, 'class' => 'external text', 'rel' => 'nofollow noopener' ], $text );
	}

	/**
	 * Marks that turn the direction of writing, and codes that mean something to the parser or a
	 * terminal, are spelled out; the rest stays as it is and to itself.
	 */
	private static function text( string $text ): string {
		$visible = preg_replace_callback(
			'/[\x{61c}\x{200e}\x{200f}\x{202a}-\x{202e}\x{2066}-\x{2069}\x{0}-\x{8}\x{b}-\x{1f}\x{7f}-\x{9f}]/u',
			static function ( array $match ): string {
				return sprintf( '<U+%04X>', mb_ord( $match[0] ) );
			},
			$text
		);
		return $visible === null || $visible === '' ? '' : Html::element( 'bdi', [], $visible );
	}
}
