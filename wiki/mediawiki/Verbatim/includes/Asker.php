<?php

namespace MediaWiki\Extension\Verbatim;

use MediaWiki\Http\HttpRequestFactory;
use WANObjectCache;

/**
 * Asks the Verbatim server and keeps what it says. What comes back is checked, and nothing in it trusted.
 */
class Asker {
	/** The status of a reply when there was none. */
	public const UNREACHABLE = 'unreachable';

	private const MAX_BYTES = 1048576;
	/** Seconds that the server is left alone after it did not answer. */
	private const RETRY = 30;

	/** @var HttpRequestFactory */
	private $http;
	/** @var WANObjectCache */
	private $cache;
	/** @var string */
	private $url;
	/** @var string */
	private $token;
	/** @var float */
	private $timeout;
	/** @var int */
	private $cacheTime;
	/** @var bool One timeout a page is enough, however many questions are on it. */
	private $isDown = false;

	public function __construct(
		HttpRequestFactory $http, WANObjectCache $cache, string $url, string $token, float $timeout, int $cacheTime
	) {
		$this->http = $http;
		$this->cache = $cache;
		$this->url = $url;
		$this->token = $token;
		$this->timeout = $timeout;
		$this->cacheTime = $cacheTime;
	}

	/**
	 * @param string $question
	 * @return array "status" (answered, refused, rejected or unreachable), "message", and "blocks", each with
	 *  its "voices" ("text", "speaker", "kind"), its "places" ("mark", "article_id", "start", "end"; further
	 *  ones are other articles that carry it), and the article's "source", "published" and "url"
	 */
	public function ask( string $question ): array {
		return $this->cache->getWithSetCallback(
			$this->cache->makeKey( 'verbatim-answer', hash( 'sha256', $this->url . "\n" . $question ) ),
			$this->cacheTime,
			function ( $old, &$ttl ) use ( $question ) {
				$reply = $this->isDown ? null : $this->fetch( $question );
				if ( $reply === null ) {
					$this->isDown = true;
					$ttl = self::RETRY;
				}
				return $reply ?? [ 'status' => self::UNREACHABLE, 'message' => '', 'blocks' => [] ];
			},
			[ 'pcTTL' => WANObjectCache::TTL_PROC_LONG, 'lockTSE' => self::RETRY ]
		);
	}

	private function fetch( string $question ): ?array {
		$request = $this->http->create( $this->url . 'api/ask', [
			'method' => 'POST',
			'postData' => json_encode( [ 'question' => $question, 'verbatim' => true ], JSON_INVALID_UTF8_SUBSTITUTE ),
			'timeout' => $this->timeout,
			'connectTimeout' => $this->timeout,
			'followRedirects' => false,
		], __METHOD__ );
		$request->setHeader( 'Content-Type', 'application/json' );
		$request->setHeader( 'Accept', 'application/json' );
		if ( $this->token !== '' ) {
			$request->setHeader( 'Authorization', 'Bearer ' . $this->token );
		}
		$body = '';
		// Whoever takes fewer bytes than offered ends the transfer.
		$request->setCallback( static function ( $handle, $piece ) use ( &$body ) {
			$taken = substr( $piece, 0, self::MAX_BYTES - strlen( $body ) );
			$body .= $taken;
			return strlen( $taken );
		} );
		$request->execute();
		$said = json_decode( $body, true, 16 );
		return is_array( $said ) ? self::checked( (int)$request->getStatus(), $said ) : null;
	}

	private static function checked( int $status, array $said ): ?array {
		if ( $status === 400 && is_string( $said['error'] ?? null ) ) {
			return [ 'status' => 'rejected', 'message' => $said['error'], 'blocks' => [] ];
		}
		$isAnswer = $status === 200 && is_string( $said['message'] ?? null )
			&& in_array( $said['status'] ?? null, [ 'answered', 'refused' ], true )
			&& is_array( $said['blocks'] ?? null ) && is_array( $said['citations'] ?? null );
		if ( !$isAnswer ) {
			return null;
		}
		return [
			'status' => $said['status'],
			'message' => $said['message'],
			'blocks' => self::blocks( $said['blocks'], $said['citations'] ),
		];
	}

	/** The articles' own words only: what a language model wrote is left out. */
	private static function blocks( array $blocks, array $citations ): array {
		$known = array_column( array_filter( array_map( [ self::class, 'citation' ], $citations ) ), null, 'number' );
		$found = [];
		foreach ( $blocks as $block ) {
			$runs = is_array( $block['copies'] ?? null ) ? $block['copies'] : [];
			array_unshift( $runs, $block['citations'] ?? null );
			$places = array_map( static function ( $numbers ) use ( $known ) {
				return self::place( is_array( $numbers ) ? $numbers : [], $known );
			}, $runs );
			$voices = is_array( $block['voices'] ?? null ) ? array_map( [ self::class, 'voice' ], $block['voices'] ) : [];
			if ( !$voices || in_array( null, array_merge( $places, $voices ), true ) ) {
				continue;
			}
			// Where a quotation is too long to be shown whole.
			if ( $block['begins_inside'] ?? false ) {
				$voices[0]['text'] = '[…] ' . $voices[0]['text'];
			}
			if ( $block['ends_inside'] ?? false ) {
				$voices[count( $voices ) - 1]['text'] .= ' […]';
			}
			$first = $known[reset( $block['citations'] )];
			$found[] = [ 'voices' => $voices, 'places' => $places ] +
				array_intersect_key( $first, array_flip( [ 'source', 'published', 'url' ] ) );
		}
		return $found;
	}

	/** Where the citations of these numbers stand, which follow one another; null if they are not known. */
	private static function place( array $numbers, array $known ): ?array {
		$isKnown = static function ( $number ) use ( $known ): bool {
			return is_int( $number ) && isset( $known[$number] );
		};
		if ( !$numbers || count( array_filter( $numbers, $isKnown ) ) !== count( $numbers ) ) {
			return null;
		}
		$first = $known[reset( $numbers )];
		$last = $known[end( $numbers )];
		return [
			'mark' => count( $numbers ) === 1 ? "[$first[number]]" : "[$first[number]-$last[number]]",
			'article_id' => $first['article_id'],
			'start' => $first['start'],
			'end' => $last['end'],
		];
	}

	/**
	 * @param mixed $said
	 * @return array|null Text in every field; null if it has no words
	 */
	private static function voice( $said ): ?array {
		$voice = [];
		foreach ( [ 'text', 'speaker', 'kind' ] as $field ) {
			$voice[$field] = is_string( $said[$field] ?? null ) ? $said[$field] : '';
		}
		return $voice['text'] === '' ? null : $voice;
	}

	/**
	 * @param mixed $said
	 * @return array|null Text in every field but "number", "start" and "end"; null if it is no citation
	 */
	private static function citation( $said ): ?array {
		$citation = [];
		foreach ( [ 'number', 'start', 'end' ] as $field ) {
			if ( !is_int( $said[$field] ?? null ) ) {
				return null;
			}
			$citation[$field] = $said[$field];
		}
		foreach ( [ 'article_id', 'source', 'published', 'url' ] as $field ) {
			$citation[$field] = is_string( $said[$field] ?? null ) ? $said[$field] : '';
		}
		return $citation;
	}
}
