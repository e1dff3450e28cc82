<?php

namespace MediaWiki\Extension\Verbatim;

use Config;
use MediaWiki\Hook\ParserFirstCallInitHook;
use MediaWiki\Http\HttpRequestFactory;
use Parser;
use WANObjectCache;

/**
 * The tag <verbatim question="..." />. Editors choose the question; the server is the site's.
 */
class Tag implements ParserFirstCallInitHook {
	/** Seconds after which a page is made anew that could not be made well. */
	private const RETRY = 60;

	private const THEMES = [ 'light', 'dark', 'auto' ];

	/** @var string */
	private $url;
	/** @var int */
	private $cacheTime;
	/** @var Asker */
	private $asker;

	public function __construct( Config $config, HttpRequestFactory $http, WANObjectCache $cache ) {
		$url = (string)$config->get( 'VerbatimUrl' );
		$this->url = preg_match( '#^https?://[^/]#i', $url ) ? rtrim( $url, '/' ) . '/' : '';
		$this->cacheTime = max( 1, (int)$config->get( 'VerbatimCacheTime' ) ); // 0 would be for ever
		$this->asker = new Asker(
			$http,
			$cache,
			$this->url,
			(string)$config->get( 'VerbatimToken' ),
			(float)$config->get( 'VerbatimTimeout' ),
			$this->cacheTime
		);
	}

	/**
	 * @param Parser $parser
	 */
	public function onParserFirstCallInit( $parser ) {
		$parser->setHook( 'verbatim', [ $this, 'render' ] );
	}

	/**
	 * As "nowiki", so that nothing of it is taken for wikitext.
	 *
	 * @param string|null $content
	 * @param array $attributes
	 * @param Parser $parser
	 * @return array
	 */
	public function render( $content, array $attributes, Parser $parser ): array {
		$output = $parser->getOutput();
		$output->addModuleStyles( [ 'ext.verbatim.styles' ] );
		$renderer = new Renderer( $this->url, $parser->getTargetLanguage() );
		$question = trim( (string)( $attributes['question'] ?? '' ) );
		$isFrame = isset( $attributes['frame'] );
		if ( $this->url === '' ) {
			$html = $renderer->note( 'verbatim-no-url' );
		} elseif ( $question === '' && !$isFrame ) {
			$html = $renderer->note( 'verbatim-no-question' );
		} else {
			$html = $isFrame ? '' : $this->answer( $question, $parser, $renderer );
			if ( $isFrame || isset( $attributes['interactive'] ) ) {
				$output->addModules( [ 'ext.verbatim' ] );
				$output->addExtraCSPDefaultSrc( $this->url );
				$theme = $attributes['theme'] ?? '';
				// Below the answer, a box for the next question.
				$html .= $renderer->frame(
					$isFrame ? $question : '', in_array( $theme, self::THEMES, true ) ? $theme : 'light'
				);
			}
		}
		return [ $html, 'markerType' => 'nowiki' ];
	}

	private function answer( string $question, Parser $parser, Renderer $renderer ): string {
		if ( !$parser->incrementExpensiveFunctionCount() ) {
			return $renderer->note( 'verbatim-too-many' );
		}
		$reply = $this->asker->ask( $question );
		$isGood = $reply['status'] !== Asker::UNREACHABLE;
		$parser->getOutput()->updateCacheExpiry( $isGood ? $this->cacheTime : self::RETRY );
		return $renderer->reply( $question, $reply );
	}
}
