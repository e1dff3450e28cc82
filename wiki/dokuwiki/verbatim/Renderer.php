<?php

namespace dokuwiki\plugin\verbatim;

use dokuwiki\Utf8\Unicode;
use syntax_plugin_verbatim;

/**
 * Shows replies as HTML. Every word of a reply is hostile: it comes out as text.
 */
class Renderer
{
    private const SANDBOX = 'allow-scripts allow-forms allow-popups allow-popups-to-escape-sandbox';

    private $plugin;
    private $url;

    public function __construct(syntax_plugin_verbatim $plugin, string $url)
    {
        $this->plugin = $plugin;
        $this->url = $url;
    }

    public function note(string $key): string
    {
        return '<div class="verbatim-answer verbatim-note">' . hsc($this->plugin->getLang($key)) . '</div>';
    }

    public function reply(string $question, array $reply): string
    {
        if ($reply['status'] === Asker::UNREACHABLE) {
            return $this->note('unreachable');
        }
        $sentences = implode('', array_map([$this, 'sentence'], $reply['sentences']));
        $open = $this->link($this->url . '?q=' . rawurlencode($question), $this->plugin->getLang('open'));
        return '<div class="verbatim-answer"><div class="verbatim-question">' . self::text($question) . '</div>'
            . ($sentences === '' ? '' : "<ol>$sentences</ol>")
            . '<div class="verbatim-message">' . self::text($reply['message']) . " $open</div></div>";
    }

    public function frame(string $question, string $theme): string
    {
        $title = $question === '' ? $this->plugin->getLang('frame_title_empty') :
            sprintf($this->plugin->getLang('frame_title'), $question);
        $address = $this->url . 'frame?' . http_build_query(['q' => $question, 'theme' => $theme], '', '&');
        return '<div class="verbatim-frame"><iframe src="' . hsc($address) . '" title="' . hsc($title)
            . '" loading="lazy" sandbox="' . self::SANDBOX . '"></iframe></div>';
    }

    private function sentence(array $citations): string
    {
        $citation = $citations[0];
        $speaker = $citation['speaker'] === '' ? $this->plugin->getLang('no_speaker') : $citation['speaker'];
        $isKind = in_array($citation['kind'], ['direct', 'indirect', 'mixed'], true);
        $kind = $isKind ? ' (' . hsc($this->plugin->getLang($citation['kind'])) . ')' : '';
        $origin = array_filter([
            '<b>' . self::text($speaker) . "</b>$kind",
            self::text($citation['source']),
            self::text(preg_replace('/^(\d{4}-\d\d-\d\d).*/s', '$1', $citation['published'])),
            preg_match('#^https?://#i', $citation['url']) ?
                $this->link($citation['url'], $this->plugin->getLang('publisher')) : '',
        ], 'strlen');
        return '<li><blockquote>' . self::text($citation['text']) . '</blockquote><div class="verbatim-by">'
            . implode(' ', array_map([$this, 'number'], $citations)) . ' ' . implode(' · ', $origin) . '</div></li>';
    }

    private function number(array $citation): string
    {
        $span = ['start' => $citation['start'], 'end' => $citation['end']];
        $place = http_build_query(['id' => $citation['article_id']] + $span, '', '&') . '#s-' . $citation['start'];
        return '<a class="verbatim-number" href="' . hsc("{$this->url}article?$place") . '" title="'
            . hsc($this->plugin->getLang('place')) . '" rel="nofollow noopener">[' . $citation['number'] . ']</a>';
    }

    private function link(string $url, string $text): string
    {
        return '<a href="' . hsc($url) . '" class="urlextern" rel="nofollow noopener">' . hsc($text) . '</a>';
    }

    /**
     * Marks that turn the direction of writing, and control codes, are spelled out; the rest stays
     * as it is and to itself.
     */
    private static function text(string $text): string
    {
        $visible = preg_replace_callback(
            '/[\x{61c}\x{200e}\x{200f}\x{202a}-\x{202e}\x{2066}-\x{2069}\x{0}-\x{8}\x{b}-\x{1f}\x{7f}-\x{9f}]/u',
            static function (array $match): string {
                return sprintf('<U+%04X>', Unicode::fromUtf8($match[0])[0]);
            },
            $text
        );
        return (string)$visible === '' ? '' : '<bdi>' . hsc($visible) . '</bdi>';
    }
}
