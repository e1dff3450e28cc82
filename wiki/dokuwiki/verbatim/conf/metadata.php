<?php

$meta['url'] = ['string', '_pattern' => '#^(https?://.+)?$#i'];
$meta['token'] = ['password', '_code' => 'plain'];
$meta['timeout'] = ['numeric', '_min' => 1];
$meta['cachetime'] = ['numeric', '_min' => 60];
