<?php

$conf['url'] = '';
$conf['token'] = '';
$conf['timeout'] = 5;
$conf['cachetime'] = 3600;
