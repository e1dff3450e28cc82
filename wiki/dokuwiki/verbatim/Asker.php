<?php

namespace dokuwiki\plugin\verbatim;

use dokuwiki\HTTP\DokuHTTPClient;

/**
 * Asks the Verbatim server and keeps what it says. What comes back is checked, and nothing in it trusted.
 */
class Asker
{
    /** The status of a reply when there was none. */
    public const UNREACHABLE = 'unreachable';

    private const MAX_BYTES = 1048576;
    /** Seconds that a question is left alone after it was not answered. */
    private const RETRY = 30;

    private $url;
    private $token;
    private $timeout;
    private $cacheTime;
    private $isDown = false;

    public function __construct(string $url, string $token, int $timeout, int $cacheTime)
    {
        $this->url = $url;
        $this->token = $token;
        $this->timeout = $timeout;
        $this->cacheTime = $cacheTime;
    }

    /**
     * @return array "status" (answered, refused, rejected or unreachable), "message", and "blocks", each with
     *  its "voices" ("text", "speaker", "kind"), its "places" ("mark", "article_id", "start", "end"; further
     *  ones are other articles that carry it), and the article's "source", "published" and "url"
     */
    public function ask(string $question): array
    {
        $file = getCacheName($this->url . "\n" . $question, '.verbatim');
        $kept = json_decode((string)io_readFile($file, false), true);
        $age = time() - (int)@filemtime($file);
        if (is_array($kept) && $age < ($kept['status'] === self::UNREACHABLE ? self::RETRY : $this->cacheTime)) {
            return $kept;
        }
        $reply = $this->isDown ? null : $this->fetch($question);
        $this->isDown = $reply === null;
        $reply = $reply ?? ['status' => self::UNREACHABLE, 'message' => '', 'blocks' => []];
        io_saveFile($file, json_encode($reply));
        return $reply;
    }

    private function fetch(string $question): ?array
    {
        $client = new DokuHTTPClient();
        $client->timeout = $this->timeout;
        $client->max_bodysize = self::MAX_BYTES;
        $client->max_redirect = 0; // it would take the token along
        $client->keep_alive = false;
        $client->headers['Content-Type'] = 'application/json';
        $client->headers['Accept'] = 'application/json';
        if ($this->token !== '') {
            $client->headers['Authorization'] = 'Bearer ' . $this->token;
        }
        $asked = json_encode(['question' => $question, 'verbatim' => true], JSON_INVALID_UTF8_SUBSTITUTE);
        $client->sendRequest($this->url . 'api/ask', $asked, 'POST');
        $said = json_decode((string)$client->resp_body, true, 16);
        return is_array($said) ? self::checked((int)$client->status, $said) : null;
    }

    private static function checked(int $status, array $said): ?array
    {
        if ($status === 400 && is_string($said['error'] ?? null)) {
            return ['status' => 'rejected', 'message' => $said['error'], 'blocks' => []];
        }
        $isAnswer = $status === 200 && is_string($said['message'] ?? null)
            && in_array($said['status'] ?? null, ['answered', 'refused'], true)
            && is_array($said['blocks'] ?? null) && is_array($said['citations'] ?? null);
        if (!$isAnswer) {
            return null;
        }
        return [
            'status' => $said['status'],
            'message' => $said['message'],
            'blocks' => self::blocks($said['blocks'], $said['citations']),
        ];
    }

    /** The articles' own words only: what a language model wrote is left out. */
    private static function blocks(array $blocks, array $citations): array
    {
        $known = array_column(array_filter(array_map([self::class, 'citation'], $citations)), null, 'number');
        $found = [];
        foreach ($blocks as $block) {
            $runs = is_array($block['copies'] ?? null) ? $block['copies'] : [];
            array_unshift($runs, $block['citations'] ?? null);
            $places = array_map(static function ($numbers) use ($known) {
                return self::place(is_array($numbers) ? $numbers : [], $known);
            }, $runs);
            $voices = is_array($block['voices'] ?? null) ? array_map([self::class, 'voice'], $block['voices']) : [];
            if (!$voices || in_array(null, array_merge($places, $voices), true)) {
                continue;
            }
            // Where a quotation is too long to be shown whole.
            if ($block['begins_inside'] ?? false) {
                $voices[0]['text'] = '[…] ' . $voices[0]['text'];
            }
            if ($block['ends_inside'] ?? false) {
                $voices[count($voices) - 1]['text'] .= ' […]';
            }
            $first = $known[reset($block['citations'])];
            $found[] = ['voices' => $voices, 'places' => $places]
                + array_intersect_key($first, array_flip(['source', 'published', 'url']));
        }
        return $found;
    }

    /** Where the citations of these numbers stand, which follow one another; null if they are not known. */
    private static function place(array $numbers, array $known): ?array
    {
        $isKnown = static function ($number) use ($known): bool {
            return is_int($number) && isset($known[$number]);
        };
        if (!$numbers || count(array_filter($numbers, $isKnown)) !== count($numbers)) {
            return null;
        }
        $first = $known[reset($numbers)];
        $last = $known[end($numbers)];
        return [
            'mark' => count($numbers) === 1 ? "[$first[number]]" : "[$first[number]-$last[number]]",
            'article_id' => $first['article_id'],
            'start' => $first['start'],
            'end' => $last['end'],
        ];
    }

    /** Text in every field; null if it has no words. */
    private static function voice($said): ?array
    {
        $voice = [];
        foreach (['text', 'speaker', 'kind'] as $field) {
            $voice[$field] = is_string($said[$field] ?? null) ? $said[$field] : '';
        }
        return $voice['text'] === '' ? null : $voice;
    }

    /** Text in every field but "number", "start" and "end"; null if it is no citation. */
    private static function citation($said): ?array
    {
        $citation = [];
        foreach (['number', 'start', 'end'] as $field) {
            if (!is_int($said[$field] ?? null)) {
                return null;
            }
            $citation[$field] = $said[$field];
        }
        foreach (['article_id', 'source', 'published', 'url'] as $field) {
            $citation[$field] = is_string($said[$field] ?? null) ? $said[$field] : '';
        }
        return $citation;
    }
}
