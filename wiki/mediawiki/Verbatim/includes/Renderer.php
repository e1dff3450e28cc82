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
		$blocks = implode( '', array_map( [ $this, 'block' ], $reply['blocks'] ) );
		$open = self::link( $this->url . '?q=' . rawurlencode( $question ), $this->says( 'verbatim-open' ) );
		return Html::rawElement( 'div', [ 'class' => 'verbatim-answer' ],
			Html::rawElement( 'div', [ 'class' => 'verbatim-question' ], self::text( $question ) ) .
			( $blocks === '' ? '' : Html::rawElement( 'ol', [], $blocks ) ) .
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

	private function block( array $block ): string {
		$numbers = implode( ' ', array_map( [ $this, 'number' ], $block['places'] ) );
		$origin = array_filter( [
			self::text( $block['source'] ),
			self::text( $this->day( $block['published'] ) ),
			preg_match( '#^https?://#i', $block['url'] ) ?
				self::link( $block['url'], $this->says( 'verbatim-publisher' ) ) : '',
		], 'strlen' );
		$html = '';
		$last = count( $block['voices'] ) - 1;
		foreach ( $block['voices'] as $n => $voice ) {
			$by = implode( ' · ', array_merge( [ $this->speaker( $voice ) ], $n === $last ? $origin : [] ) );
			$html .= Html::rawElement( 'blockquote', [], self::text( $voice['text'] ) ) .
				Html::rawElement( 'div', [ 'class' => 'verbatim-by' ], ( $n === $last ? "$numbers " : '' ) . $by );
		}
		return Html::rawElement( 'li', [], $html );
	}

	private function speaker( array $voice ): string {
		$name = $voice['speaker'] === '' ? $this->says( 'verbatim-no-speaker' ) : $voice['speaker'];
		$isKind = in_array( $voice['kind'], [ 'direct', 'indirect', 'mixed' ], true );
		return Html::rawElement( 'b', [], self::text( $name ) ) .
			( $isKind ? ' (' . htmlspecialchars( $this->says( 'verbatim-' . $voice['kind'] ) ) . ')' : '' );
	}

	private function number( array $place ): string {
		$query = http_build_query(
			[ 'id' => $place['article_id'], 'start' => $place['start'], 'end' => $place['end'] ]
		) . '#s-' . $place['start'];
		return self::link( $this->url . 'article?' . $query, $place['mark'],
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
