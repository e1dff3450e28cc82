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
        $blocks = implode('', array_map([$this, 'block'], $reply['blocks']));
        $open = $this->link($this->url . '?q=' . rawurlencode($question), $this->plugin->getLang('open'));
        return '<div class="verbatim-answer"><div class="verbatim-question">' . self::text($question) . '</div>'
            . ($blocks === '' ? '' : "<ol>$blocks</ol>")
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

    private function block(array $block): string
    {
        $numbers = implode(' ', array_map([$this, 'number'], $block['places']));
        $origin = array_filter([
            self::text($block['source']),
            self::text(preg_replace('/^(\d{4}-\d\d-\d\d).*/s', '$1', $block['published'])),
            preg_match('#^https?://#i', $block['url']) ?
                $this->link($block['url'], $this->plugin->getLang('publisher')) : '',
        ], 'strlen');
        $html = '';
        $last = count($block['voices']) - 1;
        foreach ($block['voices'] as $n => $voice) {
            $by = implode(' · ', array_merge([$this->speaker($voice)], $n === $last ? $origin : []));
            $html .= '<blockquote>' . self::text($voice['text']) . '</blockquote><div class="verbatim-by">'
                . ($n === $last ? "$numbers " : '') . "$by</div>";
        }
        return "<li>$html</li>";
    }

    private function speaker(array $voice): string
    {
        $name = $voice['speaker'] === '' ? $this->plugin->getLang('no_speaker') : $voice['speaker'];
        $isKind = in_array($voice['kind'], ['direct', 'indirect', 'mixed'], true);
        return '<b>' . self::text($name) . '</b>'
            . ($isKind ? ' (' . hsc($this->plugin->getLang($voice['kind'])) . ')' : '');
    }

    private function number(array $place): string
    {
        $span = ['start' => $place['start'], 'end' => $place['end']];
        $query = http_build_query(['id' => $place['article_id']] + $span, '', '&') . '#s-' . $place['start'];
        return '<a class="verbatim-number" href="' . hsc("{$this->url}article?$query") . '" title="'
            . hsc($this->plugin->getLang('place')) . '" rel="nofollow noopener">' . $place['mark'] . '</a>';
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
