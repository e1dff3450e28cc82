<?php

use dokuwiki\Extension\SyntaxPlugin;
use dokuwiki\plugin\verbatim\Asker;
use dokuwiki\plugin\verbatim\Renderer;

/**
 * {{verbatim>question|interactive|theme=dark}}: editors choose the question; the server is the site's.
 */
class syntax_plugin_verbatim extends SyntaxPlugin
{
    private const THEMES = ['light', 'dark', 'auto'];

    /** @var Asker|null One for the page, so that one timeout is enough. */
    private $asker;

    /** @inheritdoc */
    public function getType()
    {
        return 'substition';
    }

    /** @inheritdoc */
    public function getPType()
    {
        return 'block';
    }

    /** Before media, which have braces too. */
    public function getSort()
    {
        return 310;
    }

    /** @inheritdoc */
    public function connectTo($mode)
    {
        $this->Lexer->addSpecialPattern('\{\{verbatim>[^}\n]*\}\}', $mode, 'plugin_verbatim');
    }

    /** @inheritdoc */
    public function handle($match, $state, $pos, Doku_Handler $handler)
    {
        $parts = array_map('trim', explode('|', substr($match, strlen('{{verbatim>'), -2)));
        $theme = 'light';
        foreach (self::THEMES as $each) {
            if (in_array("theme=$each", $parts, true)) {
                $theme = $each;
            }
        }
        return [
            'question' => array_shift($parts),
            'frame' => in_array('frame', $parts, true),
            'interactive' => in_array('interactive', $parts, true),
            'theme' => $theme,
        ];
    }

    /** The wiki's own cache would keep an answer, or a failure, for a day: ours knows how long. */
    public function render($format, Doku_Renderer $renderer, $data)
    {
        if ($format !== 'xhtml') {
            return false;
        }
        $renderer->nocache();
        $renderer->doc .= $this->html($data);
        return true;
    }

    private function html(array $data): string
    {
        $url = (string)$this->getConf('url');
        $url = preg_match('#^https?://[^/]#i', $url) ? rtrim($url, '/') . '/' : '';
        $show = new Renderer($this, $url);
        if ($url === '') {
            return $show->note('no_url');
        }
        if ($data['question'] === '' && !$data['frame']) {
            return $show->note('no_question');
        }
        $html = $data['frame'] ? '' : $show->reply($data['question'], $this->asker($url)->ask($data['question']));
        if ($data['frame'] || $data['interactive']) {
            // Below the answer, a box for the next question.
            $html .= $show->frame($data['frame'] ? $data['question'] : '', $data['theme']);
        }
        return $html;
    }

    private function asker(string $url): Asker
    {
        $this->asker = $this->asker ?? new Asker(
            $url,
            (string)$this->getConf('token'),
            (int)$this->getConf('timeout'),
            (int)$this->getConf('cachetime')
        );
        return $this->asker;
    }
}
