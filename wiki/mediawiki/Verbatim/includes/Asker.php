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
	 * @return array "status" (answered, refused, rejected or unreachable), "message", and "sentences",
	 *  each the list of its citations: the first has its words, further ones are other articles with it
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
				return $reply ?? [ 'status' => self::UNREACHABLE, 'message' => '', 'sentences' => [] ];
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
			return [ 'status' => 'rejected', 'message' => $said['error'], 'sentences' => [] ];
		}
		$isAnswer = $status === 200 && is_string( $said['message'] ?? null )
			&& in_array( $said['status'] ?? null, [ 'answered', 'refused' ], true )
			&& is_array( $said['sentences'] ?? null ) && is_array( $said['citations'] ?? null );
		if ( !$isAnswer ) {
			return null;
		}
		return [
			'status' => $said['status'],
			'message' => $said['message'],
			'sentences' => self::sentences( $said['sentences'], $said['citations'] ),
		];
	}

	/** What a language model wrote is left out: its citations stand for it, one by one. */
	private static function sentences( array $sentences, array $citations ): array {
		$left = array_column( array_filter( array_map( [ self::class, 'citation' ], $citations ) ), null, 'number' );
		$found = [];
		foreach ( $sentences as $sentence ) {
			$numbers = is_array( $sentence['citations'] ?? null ) ? array_filter( $sentence['citations'], 'is_int' ) : [];
			$cited = array_values( array_intersect_key( $left, array_flip( $numbers ) ) );
			$left = array_diff_key( $left, array_flip( $numbers ) );
			$isVerbatim = $cited && ( $sentence['text'] ?? null ) === $cited[0]['text'];
			array_push( $found, ...( $isVerbatim ? [ $cited ] : array_chunk( $cited, 1 ) ) );
		}
		return $found;
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
		foreach ( [ 'text', 'article_id', 'speaker', 'kind', 'source', 'published', 'url' ] as $field ) {
			$citation[$field] = is_string( $said[$field] ?? null ) ? $said[$field] : '';
		}
		return $citation;
	}
}
