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
     * @return array "status" (answered, refused, rejected or unreachable), "message", and "sentences",
     *  each the list of its citations: the first has its words, further ones are other articles with it
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
        $reply = $reply ?? ['status' => self::UNREACHABLE, 'message' => '', 'sentences' => []];
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
            return ['status' => 'rejected', 'message' => $said['error'], 'sentences' => []];
        }
        $isAnswer = $status === 200 && is_string($said['message'] ?? null)
            && in_array($said['status'] ?? null, ['answered', 'refused'], true)
            && is_array($said['sentences'] ?? null) && is_array($said['citations'] ?? null);
        if (!$isAnswer) {
            return null;
        }
        return [
            'status' => $said['status'],
            'message' => $said['message'],
            'sentences' => self::sentences($said['sentences'], $said['citations']),
        ];
    }

    /** What a language model wrote is left out: its citations stand for it, one by one. */
    private static function sentences(array $sentences, array $citations): array
    {
        $left = array_column(array_filter(array_map([self::class, 'citation'], $citations)), null, 'number');
        $found = [];
        foreach ($sentences as $sentence) {
            $numbers = is_array($sentence['citations'] ?? null) ? array_filter($sentence['citations'], 'is_int') : [];
            $cited = array_values(array_intersect_key($left, array_flip($numbers)));
            $left = array_diff_key($left, array_flip($numbers));
            $isVerbatim = $cited && ($sentence['text'] ?? null) === $cited[0]['text'];
            array_push($found, ...($isVerbatim ? [$cited] : array_chunk($cited, 1)));
        }
        return $found;
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
        foreach (['text', 'article_id', 'speaker', 'kind', 'source', 'published', 'url'] as $field) {
            $citation[$field] = is_string($said[$field] ?? null) ? $said[$field] : '';
        }
        return $citation;
    }
}
